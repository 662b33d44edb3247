import type { Plugin } from 'vite'

/**
 * `virtual:screens`: address of the file that draws. It is built for itself, because what is written into a
 * document has no address that the file could import from.
 */
export function screens(): Plugin {
  let file = ''
  return {
    name: 'screens',
    sharedDuringBuild: true,
    resolveId: (id) => (id === 'virtual:screens' ? `\0${id}` : undefined),
    load: (id) => (id === '\0virtual:screens' ? `export default ${JSON.stringify(`/${file}`)}` : undefined),
    writeBundle(_, bundle) {
      if (this.environment.name !== 'screens') return
      file = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.isEntry)?.fileName ?? ''
    },
  }
}

/** Vite's helper waits for a late part's styles and preloads its imports: the late parts here have neither. */
export function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) =>
      id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : undefined,
  }
}

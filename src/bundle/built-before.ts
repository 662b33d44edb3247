import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { readCardAssets } from '../edge/hosts/node/files/card-files.ts'
import { readPageAssets } from '../edge/hosts/node/files/page-files.ts'

/** `virtual:built-page`, `virtual:sandbox-sdk`: what was built before, for a host without files. */
export function builtBefore(): Plugin {
  const make: Record<string, () => string> = {
    '\0virtual:built-page': () =>
      `export const page = ${JSON.stringify(readPageAssets('dist'))}
      export const cards = ${JSON.stringify(readCardAssets('dist'))}`,
    '\0virtual:sandbox-sdk': () =>
      `export default ${JSON.stringify(readFileSync('build/sandbox-sdk.js', 'utf8'))}`,
  }
  return {
    name: 'built-before',
    sharedDuringBuild: true,
    resolveId: (id) => (`\0${id}` in make ? `\0${id}` : undefined),
    load: (id) => make[id]?.(),
  }
}

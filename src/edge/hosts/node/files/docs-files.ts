import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DocsFile } from '../../../context.ts'

const types = new Map<string, string>(
  Object.entries({
    'swagger-ui.css': 'text/css; charset=utf-8',
    'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  }),
)

/** Reads a file of Swagger UI from its package; undefined for files that the documentation does not use. */
export async function readDocsFile(file: string): Promise<DocsFile | undefined> {
  const type = types.get(file)
  if (!type) return undefined
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return { body: new Uint8Array(await readFile(join(folder, file))), type }
}

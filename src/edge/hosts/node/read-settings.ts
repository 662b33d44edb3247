import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseSettings } from '../../config/settings.ts'

/** Reads the environment and MERCHANTS_FILE. @returns the settings, or one line per problem */
export function readSettings(): ReturnType<typeof parseSettings> {
  const file = process.env.MERCHANTS_FILE
  let merchantsFile: string | undefined
  try {
    if (file) merchantsFile = readFileSync(file, 'utf8')
  } catch {
    return { ok: false, problems: [`MERCHANTS_FILE: ${file} cannot be read`] }
  }
  return parseSettings(process.env, { merchantsFile, randomSecret: randomBytes(32).toString('hex') })
}

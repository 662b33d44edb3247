import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseSettings } from '../../config/settings.ts'

/** From the environment and the file that it names. @returns the settings, or every problem as one line */
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

// Files that hold buyers' data are their owner's alone, whatever the umask of whoever starts Dari.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'

const privateFile = 0o600
const privateFolder = 0o700
const ofOthers = 0o077

/** Where it is not there yet, with what leads to it; one that is there is its maker's affair. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: privateFolder })
}

/** An empty file where there is none. What SQLite writes beside a database gets the database's mode. */
export function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', privateFile))
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error
  }
}

/** Everything that SQLite keeps under a name. */
export const filesOf = (path: string) => ['', '-wal', '-shm', '-journal'].map((end) => path + end)

/** Closes files of our own to others. @returns those that were open to them */
export function tighten(paths: string[]): string[] {
  return paths.filter((path) => {
    const file = statSync(path, { throwIfNoEntry: false })
    if (!file?.isFile() || file.uid !== process.getuid?.() || (file.mode & ofOthers) === 0) return false
    chmodSync(path, file.mode & ~ofOthers)
    return true
  })
}

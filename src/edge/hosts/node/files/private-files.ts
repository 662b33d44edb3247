// Files with buyers' data, readable by their owner only, whatever the umask.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs'

const fileMode = 0o600
const folderMode = 0o700
const othersMask = 0o077

/** Creates missing folders; the mode of existing ones stays. */
export function createPrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: folderMode })
}

/** Creates an empty file if it is missing. SQLite gives `-wal` and `-shm` the mode of the database file. */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', fileMode))
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error
  }
}

/** The database file and those that SQLite creates beside it. */
export const databaseFiles = (path: string) => ['', '-wal', '-shm', '-journal'].map((suffix) => path + suffix)

/** Removes the permissions of group and others from files of this user. @returns the files that had some */
export function restrictPermissions(paths: string[]): string[] {
  return paths.filter((path) => {
    const file = statSync(path, { throwIfNoEntry: false })
    if (!file?.isFile() || file.uid !== process.getuid?.() || (file.mode & othersMask) === 0) return false
    chmodSync(path, file.mode & ~othersMask)
    return true
  })
}

import { watchNpm } from '../../../../commands/launcher.mjs'

/** Calls `onExit` when the parent process has died: `start.mjs`, detected by its IPC channel, or npm. */
export function watchLauncher(onExit: () => void): void {
  watchNpm(onExit)
  process.once('disconnect', onExit)
  // The channel must not keep the process alive.
  process.channel?.unref()
}

import { watchNpm } from '../../../../commands/launcher.mjs'

/** Calls `gone` when whoever started this process has died: `start.mjs`, by the channel that it opens, or npm. */
export function watchLauncher(gone: () => void): void {
  watchNpm(gone)
  process.once('disconnect', gone)
  // The channel alone keeps nothing running.
  process.channel?.unref()
}

// Debian's packages for the tests, where we may install them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/**
 * @param {string[]} packages
 * @param {{ timeoutMs?: number }} [limit] where the tests also run without them, a network that is away is not waited for
 */
export function installPackages(packages, { timeoutMs } = {}) {
  const apt = (args, timeout) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout,
    }).status === 0
  const isReached = apt(['update', '-qq'], timeoutMs)
  if (isReached || timeoutMs === undefined)
    apt(['install', '-y', '-qq', '--no-install-recommends', ...packages])
}

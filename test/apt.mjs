// Installs Debian packages for the tests where apt may be used.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/**
 * @param {string[]} packages
 * @param {{ timeoutMs?: number }} [limit] for optional packages: gives up instead of waiting for the network
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

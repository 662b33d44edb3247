// Pure: chooses live or sandbox mode. A live server that lost its merchant's keys must not start as a sandbox, which
// accepts orders without moving money.
import { isLocalHost } from '../platform/network/local-host.ts'

/** `isExplicit`: SANDBOX=true asked for it. */
export type Mode = { ok: true; sandbox: boolean; isExplicit: boolean } | { ok: false; problem: string }

const keys = ['IMP_USER_CODE', 'IMP_KEY', 'IMP_SECRET']
const merchantSettings = [...keys, 'MERCHANTS_FILE', 'MERCHANTS']

/** Live signing keys and transports, which the sandbox ignores. */
export const unusedInSandbox: readonly string[] = [
  'EVENTS_SECRET',
  'PORTONE_KEY',
  'PORTONE_SECRET',
  'LINK_AUTH_OPEN_TO_ALL',
  'MAIL_FROM',
  'SMTP_URL',
  'MAIL_API_KEY',
  'MAIL_API_URL',
  'SOLAPI_API_KEY',
  'SOLAPI_API_SECRET',
  'SOLAPI_API_URL',
  'SMS_FROM',
]
const liveSettings = ['TOKEN_SECRET', 'TRUST_PROXY', ...unusedInSandbox]

/**
 * @param env unprocessed: an empty merchant setting counts as lost
 * @param requested the setting SANDBOX
 */
export function chooseMode(
  env: Record<string, string | undefined>,
  requested: boolean | undefined,
  hasSandbox: boolean,
): Mode {
  const isSet = (name: string) => Boolean(env[name]?.trim())
  const merchant = merchantSettings.filter(isSet)
  if (requested && !hasSandbox)
    return invalid('SANDBOX: there is no sandbox here; npm run dev:workers has one')
  if (requested && merchant.length > 0)
    return invalid(`SANDBOX=true has a merchant of its own: remove it, or ${list(merchant)}`)
  if (merchant.length > 0) return { ok: true, sandbox: false, isExplicit: false }
  if (!hasSandbox) return invalid(`no merchant is set: ${list(keys)}, or MERCHANTS`)
  if (requested) return { ok: true, sandbox: true, isExplicit: true }
  const signs = signsOfLive(env, requested, isSet)
  if (signs.length === 0) return { ok: true, sandbox: true, isExplicit: false }
  return invalid(
    `${list(keys)} are missing, and ${signs.join(' and ')}. A live server needs them; for a sandbox, where no money moves, set SANDBOX=true`,
  )
}

function signsOfLive(
  env: Record<string, string | undefined>,
  requested: boolean | undefined,
  isSet: (name: string) => boolean,
): string[] {
  const signs: string[] = []
  if (requested === false) signs.push('SANDBOX is false')
  const empty = merchantSettings.filter((name) => env[name] !== undefined)
  if (empty.length > 0) signs.push(`${list(empty)} ${empty.length > 1 ? 'are' : 'is'} empty`)
  const set = liveSettings.filter(isSet)
  if (set.length > 0) signs.push(`${list(set)} ${set.length > 1 ? 'are' : 'is'} set`)
  for (const name of ['PUBLIC_URL', 'EDGE_URL'])
    if (isPublic(env[name])) signs.push(`${name} is not an address of this computer or of a private network`)
  return signs
}

/** False for invalid URLs, which are rejected elsewhere. */
function isPublic(text: string | undefined): boolean {
  const url = URL.parse(text?.trim() ?? '')
  return url !== null && /^https?:$/.test(url.protocol) && !isLocalHost(url.hostname)
}

const invalid = (problem: string): Mode => ({ ok: false, problem })

const list = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('')

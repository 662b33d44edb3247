// Pure: live or sandbox? A sandbox takes everybody's orders and moves no money, so a live server that lost its
// merchant's keys must not start as one.
import { isLocalHost } from '../platform/network/local-host.ts'

export type Mode = { ok: true; sandbox: boolean; asked: boolean } | { ok: false; problem: string }

const keys = ['IMP_USER_CODE', 'IMP_KEY', 'IMP_SECRET']
const merchantSettings = [...keys, 'MERCHANTS_FILE', 'MERCHANTS']

/** They sign or send for real, which a sandbox never does. */
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
 * @param env as it was given: a merchant's setting that is there but empty is one that was lost
 * @param asked the setting SANDBOX
 */
export function chooseMode(
  env: Record<string, string | undefined>,
  asked: boolean | undefined,
  hasSandbox: boolean,
): Mode {
  const isSet = (name: string) => Boolean(env[name]?.trim())
  const merchant = merchantSettings.filter(isSet)
  if (asked && !hasSandbox) return refuse('SANDBOX: there is no sandbox here; npm run dev:workers has one')
  if (asked && merchant.length > 0)
    return refuse(`SANDBOX=true has a merchant of its own: remove it, or ${list(merchant)}`)
  if (merchant.length > 0) return { ok: true, sandbox: false, asked: false }
  if (!hasSandbox) return refuse(`no merchant is set: ${list(keys)}, or MERCHANTS`)
  if (asked) return { ok: true, sandbox: true, asked }
  const signs = signsOfLive(env, asked, isSet)
  if (signs.length === 0) return { ok: true, sandbox: true, asked: false }
  return refuse(
    `${list(keys)} are missing, and ${signs.join(' and ')}. A live server needs them; for a sandbox, where no money moves, set SANDBOX=true`,
  )
}

function signsOfLive(
  env: Record<string, string | undefined>,
  asked: boolean | undefined,
  isSet: (name: string) => boolean,
): string[] {
  const signs: string[] = []
  if (asked === false) signs.push('SANDBOX is false')
  const empty = merchantSettings.filter((name) => env[name] !== undefined)
  if (empty.length > 0) signs.push(`${list(empty)} ${empty.length > 1 ? 'are' : 'is'} empty`)
  const set = liveSettings.filter(isSet)
  if (set.length > 0) signs.push(`${list(set)} ${set.length > 1 ? 'are' : 'is'} set`)
  for (const name of ['PUBLIC_URL', 'EDGE_URL'])
    if (isPublic(env[name])) signs.push(`${name} is not an address of this computer or of a private network`)
  return signs
}

/** What is no web address at all is refused elsewhere. */
function isPublic(text: string | undefined): boolean {
  const url = URL.parse(text?.trim() ?? '')
  return url !== null && /^https?:$/.test(url.protocol) && !isLocalHost(url.hostname)
}

const refuse = (problem: string): Mode => ({ ok: false, problem })

const list = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('')

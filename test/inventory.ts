// `npm run inventory`: writes src/page/scripts.md from the built page and the default settings. Fails if a
// script lacks a reason, or a reason its script.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSettings } from '../src/edge/config/settings.ts'
import { gatewayScriptHosts, ownScripts } from '../src/edge/domain/gateways/gateway-scripts.ts'

const root = resolve(import.meta.dirname, '..')
export const inventoryFile = join(root, 'src/page/scripts.md')

interface Reason {
  purpose: string
  authorised: string
  integrity: string
}

const own = "`'self'` in `script-src`"
const named = 'its host in `script-src` (`CSP_SCRIPT_HOSTS`)'
const watched =
  'none of ours: it has no version to pin. HTTPS, the list of hosts, and reports of what was stopped'

const reasons: Record<string, Reason> = {
  'inline: index': {
    purpose:
      'Takes the result out of the address, sets the Trusted Types policy, chooses, asks for permission, loads the SDK, opens the payment window, follows the link',
    authorised: 'its SHA-256 in `script-src`',
    integrity: 'that same hash, made from the built file at start',
  },
  'inline: frame': {
    purpose:
      'Only where a shop may hold the link in a frame: tells that shop how high the page is, and how it ended',
    authorised: 'its SHA-256 in `script-src`',
    integrity: 'that same hash, made from the built file at start',
  },
  '/assets/screens-extras': {
    purpose: 'Stands for `/assets/screens` where a link has more to show than a bill (the global API)',
    authorised: own,
    integrity: 'our origin; the name holds a hash of the content',
  },
  '/assets/cards': {
    purpose:
      'All of the page of a link that registers a card, and of no other page; with `card_form` it is the only script there',
    authorised: own,
    integrity: 'our origin; the name holds a hash of the content',
  },
  '/assets/screens': {
    purpose: 'Draws every screen in both languages',
    authorised: own,
    integrity: 'our origin; the name holds a hash of the content',
  },
  '/assets/qr-path': {
    purpose: 'Draws the QR code for going on by phone; wide screens only',
    authorised: own,
    integrity: 'our origin; the name holds a hash of the content',
  },
  'https://cdn.iamport.kr/v1/iamport.js': {
    purpose: "i'mport's SDK: opens the gateway's payment window (`IAMPORT_SDK_URL`)",
    authorised: named,
    integrity: watched,
  },
  'https://cdn.portone.io': {
    purpose: "Drivers that the SDK loads for the gateways of i'mport's newer path",
    authorised: named,
    integrity: watched,
  },
  'https://js.tosspayments.com': {
    purpose: 'Loaded by the SDK for Toss Payments, whose window it opens',
    authorised: named,
    integrity: watched,
  },
  ...gatewayReasons(),
}

/** Hosts allowed only on links of their gateway. */
function gatewayReasons(): Record<string, Reason> {
  const own = Object.keys(ownScripts).filter((gateway) => gateway !== 'tosspayments')
  const reason = (gateway: string): Reason => ({
    purpose: `Only on links of \`${gateway}\`, or of a gateway that the link does not tell: added by the SDK, opens the gateway's window`,
    authorised: named,
    integrity: watched,
  })
  return Object.fromEntries(
    own.flatMap((gateway) => gatewayScriptHosts([gateway]).map((host) => [host, reason(gateway)])),
  )
}

export function inventory(): string {
  const found = [...builtScripts(), ...foreignScripts()]
  const unexplained = found.filter((script) => !(script in reasons))
  const gone = Object.keys(reasons).filter((script) => !found.includes(script))
  if (unexplained.length > 0) throw new Error(`no reason is given for ${unexplained.join(', ')}`)
  if (gone.length > 0) throw new Error(`${gone.join(', ')} is no longer on the page`)
  const rows = found.map((script) => {
    const { purpose, authorised, integrity } = reasons[script] as Reason
    return `| \`${script}\` | ${purpose} | ${authorised} | ${integrity} |`
  })
  return `# Scripts of the bridge page

Every script that may run on the page where a customer pays, why, and what vouches for it (PCI DSS 4.0.1, 6.4.3). Written by \`npm run inventory\` from the built page and the defaults of the settings; a test compares. An operator who changes \`IAMPORT_SDK_URL\` or \`CSP_SCRIPT_HOSTS\` keeps a list of their own.

| script | purpose | authorised by | integrity by |
| --- | --- | --- | --- |
${rows.join('\n')}

No analytics, no tag manager, no font, no frame of ours. Text is never run as a script: the policy holds neither \`'unsafe-inline'\` nor \`'unsafe-eval'\`, and \`require-trusted-types-for 'script'\` (but on the links of a gateway that \`CSP_EVAL_GATEWAYS\` names, which may call eval). What a browser stops is told to \`POST /csp-reports\`, logged as \`csp.violation\` and counted as \`dari_csp_reports_total\`.
`
}

/** The page's own files without hashes; the entry is inlined in the document. */
function builtScripts(): string[] {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/.vite/manifest.json'), 'utf8')) as {
    'index.html': { file: string }
  }
  const entry = manifest['index.html'].file
  return readdirSync(join(root, 'dist/assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => {
      const bare = name.replace(/-[\w-]{8}\.js$/, '')
      return entry.endsWith(`/${name}`) || bare === 'frame' ? `inline: ${bare}` : `/assets/${bare}`
    })
    .sort((a, b) => order(a) - order(b) || a.localeCompare(b))
}

const order = (script: string) => (script.startsWith('inline') ? 0 : 1)

function foreignScripts(): string[] {
  const env = { IMP_USER_CODE: 'imp1', IMP_KEY: 'k', IMP_SECRET: 's', TOKEN_SECRET: 's'.repeat(32) }
  const parsed = parseSettings(env, { randomSecret: '' })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const { iamportSdkUrl, sdkHosts } = parsed.settings
  const hosts = new Set([...sdkHosts.script, ...gatewayScriptHosts(Object.keys(ownScripts))])
  return [iamportSdkUrl, ...[...hosts].filter((host) => host !== new URL(iamportSdkUrl).origin)]
}

if (process.argv[1] === import.meta.filename) writeFileSync(inventoryFile, inventory())

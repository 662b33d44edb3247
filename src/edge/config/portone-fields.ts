// A merchant's settings for the PortOne API.
import { z } from 'zod'
import { holdsCredentials } from '../platform/network/web-address.ts'
import { readJson } from './env-values.ts'

export const textField = z.string({ error: 'must be text' }).min(1, { error: 'must not be empty' })
/** One text for both languages, or one per language. */
export const localizedTextField = z.union([textField, z.strictObject({ ko: textField, en: textField })], {
  error: 'must be text or {ko, en}',
})

/** URL to which the edge sends webhooks. */
export const urlField = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
  .refine((url) => URL.canParse(url) && !holdsCredentials(new URL(url)), {
    error: 'must not hold credentials',
  })

/** Maps an entry of `chosen_payment_methods` to a method of i'mport. */
const paymentMethod = z
  .strictObject({
    payment_channel: textField,
    payment_method: textField,
    channelKey: textField.optional(),
    pg: textField.optional(),
    pay_method: textField.optional(),
    label: localizedTextField.optional(),
  })
  .refine(({ channelKey, pg }) => channelKey !== undefined || pg !== undefined, {
    error: 'needs channelKey or pg',
  })

/** An origin that may embed payment pages: https, or http on localhost. */
const origin = z.string({ error: 'must be text' }).refine(isFramingOrigin, {
  error: 'must be an origin like https://shop.example (http for localhost only)',
})

function isFramingOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, protocol, hostname } = new URL(text)
  // URLs accept `*` as a host, which in the CSP would allow every site.
  if (origin !== text || !/^(\[[0-9a-f:.]+\]|[0-9a-z.-]+)$/.test(hostname)) return false
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
  )
}

const paymentMethods = z
  .array(paymentMethod, { error: 'must be a list' })
  .max(100, { error: 'must list at most 100' })

export const portoneSettingsFields = {
  portone_key: textField.optional(),
  portone_secret: textField.optional(),
  webhook_url: urlField.optional(),
  payment_methods: paymentMethods.optional(),
  embed_origins: z.array(origin, { error: 'must be a list' }).optional(),
}

interface PortoneMerchant {
  portone_key?: string
  portone_secret?: string
  webhook_url?: string
  payment_methods?: z.infer<typeof paymentMethods>
}

const portoneSettings = [
  'PORTONE_KEY',
  'PORTONE_SECRET',
  'PORTONE_WEBHOOK_URL',
  'PORTONE_PAYMENT_METHODS',
] as const

/** PORTONE_KEY, PORTONE_SECRET, PORTONE_WEBHOOK_URL and PORTONE_PAYMENT_METHODS (JSON), for one merchant. */
export function readPortone(take: (name: string) => string | undefined, problems: string[]): PortoneMerchant {
  const [portone_key, portone_secret, webhook_url, list] = portoneSettings.map(take)
  if (Boolean(portone_key) !== Boolean(portone_secret))
    problems.push(
      `${portone_key ? 'PORTONE_SECRET' : 'PORTONE_KEY'} is missing: PORTONE_KEY and PORTONE_SECRET belong together`,
    )
  const address = urlField.optional().safeParse(webhook_url)
  if (!address.success) problems.push(`PORTONE_WEBHOOK_URL ${address.error.issues[0]?.message}`)
  const methods = paymentMethods
    .optional()
    .safeParse(list === undefined ? undefined : (readJson(list) ?? null))
  if (!methods.success) {
    const [issue] = methods.error.issues
    problems.push(`PORTONE_PAYMENT_METHODS ${issue?.path.join('.') ?? ''} ${issue?.message}`)
  }
  return {
    ...(portone_key && portone_secret && { portone_key, portone_secret }),
    ...(webhook_url && { webhook_url }),
    ...(methods.data && { payment_methods: methods.data }),
  }
}

/** Reports PORTONE_… settings beside MERCHANTS_FILE, where they belong to each merchant. */
export function rejectPortoneSettings(take: (name: string) => string | undefined, problems: string[]): void {
  if (portoneSettings.some(take))
    problems.push(
      'PORTONE_… settings are portone_key, portone_secret, webhook_url and payment_methods in MERCHANTS_FILE',
    )
}

import { z } from 'zod'
import { readJson } from './env-values.ts'
import {
  localizedTextField,
  portoneSettingsFields,
  readPortone,
  rejectPortoneSettings,
  textField,
  urlField,
} from './portone-fields.ts'
import { sandboxMethods } from './sandbox-methods.ts'
import { webhookKey } from './webhook-secret.ts'

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' })
const eventsSecret = z
  .string({ error: 'must be text' })
  .refine((secret) => webhookKey(secret) !== undefined, {
    error: 'must be whsec_ and the base64 of at least 24 bytes, or text of at least 24 characters',
  })
const unsignedMessage = 'needs events_secret: events are signed'

const fields = z.strictObject({
  user_code: textField,
  imp_key: textField,
  imp_secret: textField,
  tiers: z.array(z.string().regex(/^[0-9A-Za-z]{3}$/, { error: 'must be 3 letters or digits' })).optional(),
  confirm: z.boolean({ error: 'must be true or false' }).optional(),
  sandbox: z.boolean({ error: 'must be true or false' }).optional(),
  events_url: urlField.optional(),
  events_secret: eventsSecret.optional(),
  name: localizedTextField.optional(),
  contact: textField.optional(),
  ...portoneSettingsFields,
  card_form: z.boolean({ error: 'must be true or false' }).optional(),
  terms_url: webUrl.optional(),
  privacy_url: webUrl.optional(),
})
const merchantSchema = fields
  .refine(({ events_url, events_secret }) => !events_url || events_secret, {
    error: unsignedMessage,
    path: ['events_url'],
  })
  .refine(({ portone_key, portone_secret }) => Boolean(portone_key) === Boolean(portone_secret), {
    error: 'and portone_secret belong together',
    path: ['portone_key'],
  })
  .refine(({ card_form, terms_url, privacy_url }) => !card_form || (terms_url && privacy_url), {
    error: 'needs terms_url and privacy_url: whoever types a card agrees to both',
    path: ['card_form'],
  })

/**
 * `sandbox`: test-channel payments count as paid. `confirm`: i'mport asks the edge before approving a payment.
 * `card_form`: customers may type cards into our page.
 */
export type Merchant = z.infer<typeof merchantSchema>

export const sandboxMerchant: Merchant = {
  user_code: 'imp00000000',
  imp_key: 'sandbox',
  imp_secret: 'sandbox',
  sandbox: true,
  confirm: true,
  name: { ko: '다리 상점', en: 'Dari Shop' },
  contact: '02-0000-0000',
  portone_key: 'sandbox',
  portone_secret: 'sandbox',
  payment_methods: sandboxMethods,
  card_form: true,
  terms_url: 'https://example.com/terms',
  privacy_url: 'https://example.com/privacy',
}

export const findMerchant = (merchants: readonly Merchant[], userCode: string | undefined) =>
  merchants.find(({ user_code }) => user_code === userCode)

type Take = (name: string) => string | undefined
type EventSettings = Pick<Merchant, 'events_url' | 'events_secret'>

/** Reads EVENTS_URL and EVENTS_SECRET. */
function readEvents(take: Take, problems: string[]): EventSettings {
  const events = readEventsSignedWith('EVENTS_SECRET', take, problems)
  if (events.events_url && !events.events_secret)
    problems.push('EVENTS_URL needs EVENTS_SECRET: events are signed')
  return events
}

/** Reads EVENTS_URL and SANDBOX_EVENTS_SECRET. The live secret would make sandbox events look real. */
export function readSandboxEvents(take: Take, problems: string[]): EventSettings {
  const events = readEventsSignedWith('SANDBOX_EVENTS_SECRET', take, problems)
  if (events.events_secret && events.events_secret === take('EVENTS_SECRET'))
    problems.push("SANDBOX_EVENTS_SECRET must not be EVENTS_SECRET, which signs a live server's events")
  return events
}

function readEventsSignedWith(secretName: string, take: Take, problems: string[]): EventSettings {
  const [events_url, events_secret] = ['EVENTS_URL', secretName].map(take)
  const check = (name: string, value: string | undefined, schema: z.ZodType) => {
    const parsed = schema.optional().safeParse(value)
    if (!parsed.success) problems.push(`${name} ${parsed.error.issues[0]?.message}`)
  }
  check('EVENTS_URL', events_url, urlField)
  check(secretName, events_secret, eventsSecret)
  return { ...(events_url && { events_url }), ...(events_secret && { events_secret }) }
}

/** Reads one merchant from IMP_USER_CODE, IMP_KEY and IMP_SECRET, or a JSON list from MERCHANTS_FILE or MERCHANTS. */
export function readMerchants(take: Take, file: string | undefined, problems: string[]): Merchant[] {
  const names = ['IMP_USER_CODE', 'IMP_KEY', 'IMP_SECRET'] as const
  const list = (['MERCHANTS_FILE', 'MERCHANTS'] as const).find(take)
  if (list) {
    if (names.some(take))
      problems.push(`${list} stands instead of IMP_USER_CODE, IMP_KEY and IMP_SECRET: set one or the other`)
    if (list === 'MERCHANTS_FILE' && take('MERCHANTS'))
      problems.push('MERCHANTS stands instead of MERCHANTS_FILE: set one or the other')
    if (['EVENTS_URL', 'EVENTS_SECRET'].some(take))
      problems.push(`EVENTS_URL and EVENTS_SECRET are events_url and events_secret in ${list}`)
    rejectPortoneSettings(take, problems)
    return readList(list, list === 'MERCHANTS' ? take(list) : file, problems)
  }
  const [user_code = '', imp_key = '', imp_secret = ''] = names.map((name) => {
    const value = take(name)
    if (!value) problems.push(`${name} is missing: IMP_USER_CODE, IMP_KEY and IMP_SECRET belong together`)
    return value ?? ''
  })
  return [{ user_code, imp_key, imp_secret, ...readEvents(take, problems), ...readPortone(take, problems) }]
}

function readList(setting: string, json: string | undefined, problems: string[]): Merchant[] {
  const parsed = z
    .array(merchantSchema)
    .min(1, { error: 'must list at least one merchant' })
    .safeParse(readJson(json))
  if (!parsed.success) {
    for (const issue of parsed.error.issues)
      problems.push(`${setting}: ${issue.path.join('.') || 'the list'}: ${issue.message}`)
    return []
  }
  for (const field of ['user_code', 'imp_key', 'portone_key'] as const) {
    const values = parsed.data.map((merchant) => merchant[field]).filter(Boolean)
    if (new Set(values).size < values.length)
      problems.push(`${setting}: two merchants have the same ${field}`)
  }
  return parsed.data
}

// Two merchants and their server's settings, without test/edge/support, which loads every kind of database.
import { parseSettings, type Settings } from '../../src/edge/config/settings.ts'

const merchants = [
  {
    user_code: 'imp11111111',
    imp_key: 'key',
    imp_secret: 'secret',
    events_url: 'https://shop.test/events',
    events_secret: 'a secret of at least 24 characters',
  },
  { user_code: 'imp33333333', imp_key: 'key3', imp_secret: 'secret3', sandbox: true },
]

export function settingsOf(latePayment: Settings['latePayment']): Settings {
  const parsed = parseSettings(
    {
      PUBLIC_URL: 'https://pay.example',
      MERCHANTS_FILE: 'merchants.json',
      TOKEN_SECRET: 'a secret of at least thirty-two characters',
      IAMPORT_API_URL: 'https://iamport.test',
      LINK_AUTH: 'open',
      LINK_AUTH_OPEN_TO_ALL: 'true',
      TRUST_PROXY: 'x-forwarded-for:1',
      LATE_PAYMENT: latePayment,
    },
    { merchantsFile: JSON.stringify(merchants), randomSecret: '' },
  )
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.settings
}

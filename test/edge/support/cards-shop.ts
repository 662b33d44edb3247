// A shop whose links register cards.
import type { AppDeps } from '../../../src/edge/context.ts'
import { openShop } from './shop.ts'

export const formMerchant = {
  card_form: true,
  terms_url: 'https://shop.example/terms',
  privacy_url: 'https://shop.example/privacy',
  events_url: 'https://shop.example/events',
  events_secret: 'a secret of at least twenty-four characters',
}
export const inWindow = {
  customer_uid: 'kim-1',
  amount: undefined,
  pay_methods: [{ pg: 'html5_inicis', label: '신용카드' }],
}
export const byForm = {
  customer_uid: 'kim-1',
  card_form: true,
  amount: undefined,
  pay_methods: [{ channelKey: 'channel-1', pg: 'nice_v2', label: '신용카드' }],
}
const typed = {
  number: '4242424242424242',
  expiry: '2031-12',
  birth: '900101',
  password: '12',
  terms: true,
  privacy: true,
}

export function openCardsShop(parts: Partial<AppDeps> = {}, env: Record<string, string> = {}) {
  const shop = openShop({ merchant: formMerchant, parts, env })
  const checkout = (id: string) =>
    shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor: 'v1' })
  const sendCard = (id: string, differences: Record<string, unknown> = {}, headers = {}) =>
    shop.send('POST', `/links/${id}/card`, { ...typed, ...differences }, headers)
  const events = async () => {
    const token = await shop.signIn()
    const { json } = await shop.send('GET', '/api/supplements/v1/link/events', undefined, {
      authorization: token,
    })
    return json.items
      .filter(({ type }: { type: string }) => type !== 'notice')
      .map((event: { type: string; body: { data: { why: string } } }) => [event.type, event.body.data.why])
  }
  const report = async (id: string) => (await shop.asMerchant('GET', `/${id}`)).json
  return { ...shop, checkout, sendCard, events, report }
}

// A shop with an events URL, and the events and notices received there.
import { deliverEvents } from '../../../src/edge/features/webhooks/deliver.ts'
import { createFakeIamport } from './fake-iamport.ts'
import { openShop } from './shop.ts'

export const eventsUrl = 'https://shop.example/events'
export const secret = 'a secret of the shop for its events'

type Given = Parameters<typeof openShop>[0]

// biome-ignore lint/suspicious/noExplicitAny: what an event holds is what each test checks
type Delivery = { id: string | null; body: any; headers: Headers }

export function openEventsShop({ merchant = {}, iamport = createFakeIamport(), ...given }: Given = {}) {
  const shop = openShop({
    ...given,
    iamport,
    merchant: { events_url: eventsUrl, events_secret: secret, ...merchant },
  })
  const answers = { events: () => new Response(), notice: () => new Response() }
  iamport.receivers.set(eventsUrl, () => answers.events())
  iamport.receivers.set('https://shop.example/notice', () => answers.notice())
  const received = (path: string): Delivery[] =>
    iamport
      .callsTo('POST', path)
      .map(({ headers, body }) => ({ id: headers.get('webhook-id'), body, headers }))
  return {
    ...shop,
    answers,
    deliver: () => deliverEvents(shop.deps),
    /** Received events, in order of arrival. */
    events: () => received('/events'),
    notices: () => received('/notice'),
    types: () => received('/events').map(({ body }) => body.type),
    asMerchantOfEvents: async (
      method: string,
      path: string,
      credentials: [string, string] = ['key', 'secret'],
    ) =>
      shop.send(method, `/api/supplements/v1/link/events${path}`, undefined, {
        authorization: await shop.signIn(...credentials),
      }),
  }
}

export const paid = { imp_uid: 'imp_1', merchant_uid: 'order-1' }

/** A virtual account that i'mport issued, due at the given time. */
export const anAccount = (dueAt: number) => ({
  ...paid,
  status: 'ready',
  pay_method: 'vbank',
  paid_at: 0,
  vbank_num: '1234',
  vbank_name: '다리은행',
  vbank_holder: '홍길동',
  vbank_date: dueAt / 1000,
})

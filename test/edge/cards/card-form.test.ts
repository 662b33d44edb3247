// Cards typed into the page (`POST /links/{id}/card`), and deleting them.
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { reconcileDue } from '../../../src/edge/features/settlement/reconcile.ts'
import { createRateLimiter } from '../../../src/edge/hosts/rate-limiter.ts'
import { rateLimits } from '../../../src/edge/platform/ports/rate-limits.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { byForm, formMerchant, inWindow, openCardsShop } from '../support/cards-shop.ts'
import { start } from '../support/shop.ts'

describe('a card typed into the page', () => {
  test('is sent to i’mport in its own format and registered by i’mport’s billing key', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, buyer_name: '김하나' })
    const view = await shop.view(id)
    expect(view.card.form).toEqual({
      terms_url: formMerchant.terms_url,
      privacy_url: formMerchant.privacy_url,
    })
    expect(view.sdk).toBeUndefined()
    expect((await shop.sendCard(id)).json).toMatchObject({
      status: 'registered',
      attempt: { outcome: 'registered' },
    })
    expect(shop.iamport.callsTo('POST', '/subscribe/').map(({ path, body }) => [path, body])).toEqual([
      [
        '/subscribe/customers/kim-1',
        {
          channel_key: 'channel-1',
          pg: 'nice_v2',
          card_number: '4242-4242-4242-4242',
          expiry: '2031-12',
          birth: '900101',
          pwd_2digit: '12',
          customer_name: '김하나',
        },
      ],
    ])
    expect(await shop.events()).toEqual([['link.card_registered', 'registered']])
  })

  test('with a charge is registered and paid in one call, and the payment is verified like any other', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, amount: 10_000 })
    expect((await shop.sendCard(id)).json).toMatchObject({ status: 'registered', receipt: { returned: 0 } })
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toMatchObject([
      {
        path: '/subscribe/payments/onetime',
        body: { merchant_uid: 'order-1', amount: 10_000, customer_uid: 'kim-1' },
      },
    ])
  })

  test('with a charge in another currency sends amount and tax-free part in the same unit', async () => {
    const shop = openCardsShop()
    await shop.sendCard(await shop.makeLink({ ...byForm, amount: 12.5, tax_free: 2.5, currency: 'USD' }))
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toMatchObject([
      { body: { amount: 12.5, tax_free: 2.5, currency: 'USD' } },
    ])
  })

  test.each([
    [{ number: '4242424242424241' }, 'number'],
    [{ number: '4242' }, 'number'],
    [{ expiry: '2029-01' }, 'expiry'],
    [{ expiry: '12/31' }, 'expiry'],
    [{ birth: '901301' }, 'birth'],
    [{ birth: '1234567890' }, 'birth'],
    [{ password: '1' }, 'password'],
    [{ terms: false }, 'terms'],
    [{ privacy: undefined }, 'privacy'],
    [{ number: 4242424242424242 }, 'number'],
  ])('with %o is refused by field name without calling i’mport', async (differences, field) => {
    const shop = openCardsShop()
    const id = await shop.makeLink(byForm)
    const { status, json, text } = await shop.sendCard(id, differences)
    expect([status, json.errors.map(({ path }: { path: string }) => path)]).toEqual([400, [field]])
    expect(text).not.toMatch(/4242|90010|123456/)
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toEqual([])
  })

  test('cannot be sent from a page of another origin', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(byForm)
    const origin = { origin: 'https://elsewhere.example' }
    const asked = await shop.send('OPTIONS', `/links/${id}/card`, undefined, {
      ...origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    })
    expect(asked.headers.get('access-control-allow-origin')).toBeNull()
    const form = { ...origin, 'content-type': 'text/plain' }
    expect((await shop.send('POST', `/links/${id}/card`, JSON.stringify({}), form)).status).toBe(415)
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toEqual([])
  })

  test('is refused on a link without a form, and a link with a form opens no window', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    expect((await shop.sendCard(id)).status).toBe(404)
    await shop.asMerchant('PUT', `/${id}`)
    expect((await shop.checkout(await shop.makeLink({ ...byForm, merchant_uid: 'order-2' }))).status).toBe(
      400,
    )
  })

  test('may be corrected after a refusal, whose message is shown without digits', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(byForm)
    shop.iamport.state.card = 'refuse'
    const { json, text } = await shop.sendCard(id)
    expect(json).toMatchObject({
      status: 'registering',
      attempt: { outcome: 'declined', said: '카드번호 … 거절' },
    })
    expect(text).not.toContain('4242')
    expect(await shop.events()).toEqual([['link.card_failed', 'refused']])
    shop.iamport.state.card = 'take'
    expect((await shop.sendCard(id)).json.status).toBe('registered')
  })

  test('whose charge is declined emits one event, as a failed payment', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, amount: 10_000 })
    shop.iamport.state.card = 'refuse'
    expect((await shop.sendCard(id)).json.attempt).toMatchObject({ outcome: 'declined', said: '한도초과' })
    expect(await shop.events()).toEqual([['link.card_failed', 'declined']])
    // This attempt never became a payment.
    shop.iamport.state.card = 'refuse outright'
    await shop.sendCard(id)
    expect((await shop.events()).sort()).toEqual([
      ['link.card_failed', 'declined'],
      ['link.card_failed', 'refused'],
    ])
  })

  test('is rate-limited: the form is blocked for an hour after a few tries', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, expired_at: start / 1000 + 86_400 })
    shop.iamport.state.card = 'refuse'
    for (let n = 0; n < 5; n++) expect((await shop.sendCard(id)).status).toBe(200)
    const { status, json, headers } = await shop.sendCard(id)
    expect([status, json.reason, headers.get('retry-after')]).toEqual([429, 'too_many_requests', '3600'])
    shop.clock.now += 3_600_000
    shop.iamport.state.card = 'take'
    expect((await shop.sendCard(id)).json.status).toBe('registered')
  })

  test('blocks an address after refused cards, but not after accepted ones', async () => {
    const shop = openCardsShop({ rateLimiter: createRateLimiter() })
    const make = (n: number) =>
      shop.makeLink({ ...byForm, customer_uid: `uid-${n}`, merchant_uid: `order-${n}` })
    for (let n = 0; n < 25; n++) expect((await shop.sendCard(await make(n))).json.status).toBe('registered')
    shop.iamport.state.card = 'refuse'
    for (let n = 25; n < 44; n++) expect((await shop.sendCard(await make(n))).status).toBe(200)
    expect((await shop.sendCard(await make(44), { number: '4242' })).status).toBe(400)
    const { status, json } = await shop.sendCard(await make(45))
    expect([status, json.reason]).toEqual([429, 'too_many_requests'])
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toHaveLength(44)
  })

  test('blocks an IPv6 /48 after refused cards from any of its addresses', async () => {
    const rateLimiter = createRateLimiter()
    const shop = openCardsShop({ rateLimiter }, { TRUST_PROXY: 'x-real-ip' })
    const id = await shop.makeLink(byForm)
    for (let n = 1; n < rateLimits.card_site.max; n++) await rateLimiter.take('card_site', '2001:db8:1::/48')
    const typo = { number: '4242' }
    const sendFrom = async (address: string, differences = {}) =>
      (await shop.sendCard(id, differences, { 'x-real-ip': address })).status
    expect(await sendFrom('2001:db8:1:a::1', typo)).toBe(400)
    expect(await sendFrom('2001:db8:1:b::1')).toBe(429)
    expect(await sendFrom('2001:db8:2::1')).toBe(200)
  })

  test('is sent once on a double click, also with a charge', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, amount: 10_000 })
    let second: Promise<{ status: number; json: { reason: string } }> | undefined
    shop.iamport.state.whileCalling = async () => {
      second ??= shop.sendCard(id)
      await second
    }
    expect((await shop.sendCard(id)).json.status).toBe('registered')
    expect((await second)?.json).toEqual({ reason: 'card_busy' })
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toHaveLength(1)
    expect((await shop.sendCard(id)).json).toMatchObject({
      reason: 'not_open',
      view: { status: 'registered' },
    })
  })

  test.each([
    ['registers', {}],
    ['charges', { amount: 10_000 }],
  ])('is looked up if the response to a call that %s is lost', async (_, differences) => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, ...differences })
    shop.iamport.state.card = 'take unheard'
    expect((await shop.sendCard(id)).json).toMatchObject({
      status: 'registered',
      attempt: { outcome: 'registered' },
    })
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toHaveLength(1)
  })

  test('cannot be sent again for two minutes after a lost call', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(byForm)
    shop.iamport.state.card = 'lose'
    expect((await shop.sendCard(id)).json.attempt).toEqual({ outcome: 'pending' })
    expect(await shop.view(id)).toMatchObject({ card: { asking: true } })
    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'pending' })
    expect((await shop.sendCard(id)).json).toEqual({ reason: 'card_busy' })
    shop.clock.now += 2 * 60_000
    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'none', so_far: true })
    shop.iamport.state.card = 'take'
    expect((await shop.sendCard(id)).json.status).toBe('registered')
  })

  test('is reported as refused only once i’mport confirms that nothing was paid', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, amount: 10_000 })
    shop.iamport.state.card = 'lose'
    expect((await shop.sendCard(id)).json.attempt).toEqual({ outcome: 'pending' })
    shop.clock.now += 2 * 60_000
    shop.iamport.state.card = 'refuse'
    shop.iamport.state.whileCalling = async () => {
      shop.iamport.state.mode = 'down'
      shop.iamport.pay({ imp_uid: 'imp_lost', merchant_uid: 'order-1', amount: 10_000 })
    }
    expect((await shop.sendCard(id)).json.attempt).toEqual({ outcome: 'pending' })
    shop.iamport.state.mode = 'up'
    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'paid' })
  })

  test.each(['take', 'refuse'] as const)(
    'keeps the form hidden if i’mport answers the call (%s) and then no inquiry, until it does',
    async (card) => {
      const shop = openCardsShop()
      const id = await shop.makeLink({ ...byForm, amount: 10_000 })
      shop.iamport.state.card = card
      shop.iamport.state.whileCalling = async () => {
        shop.iamport.state.mode = 'down'
      }
      expect((await shop.sendCard(id)).json.attempt).toEqual({ outcome: 'pending' })
      expect((await shop.view(id)).card).toMatchObject({ asking: true })
      expect((await shop.sendCard(id)).json.attempt).toEqual({ outcome: 'pending' })
      expect(shop.iamport.callsTo('POST', '/subscribe/')).toHaveLength(1)
      shop.iamport.state.mode = 'up'
      const outcome = card === 'take' ? 'registered' : 'declined'
      expect((await shop.settle(id)).json.attempt).toEqual({ outcome })
      expect((await shop.view(id)).card).not.toHaveProperty('asking')
    },
  )

  test.each(['before it is sent', 'while i’mport is asked'])(
    'is not charged if the order is found paid elsewhere %s',
    async (when) => {
      const shop = openCardsShop()
      const id = await shop.makeLink({ ...byForm, amount: 10_000 })
      const find = async () => {
        // Settling asks for the billing key as well.
        shop.iamport.state.whileAskedForKey = undefined
        shop.iamport.pay({ imp_uid: 'imp_shop', merchant_uid: 'order-1', custom_data: null, channel: 'api' })
        await shop.settle(id)
      }
      if (when === 'before it is sent') await find()
      else shop.iamport.state.whileAskedForKey = find
      const { status, json } = await shop.sendCard(id)
      expect([status, json.reason, json.view.paid_elsewhere]).toEqual([409, 'not_open', true])
      expect(json.view.card).not.toHaveProperty('asking')
      expect(shop.iamport.callsTo('POST', '/subscribe/')).toEqual([])
    },
  )

  test('is not sent if the link ends while i’mport is being called', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, amount: 10_000 })
    shop.iamport.state.whileAskedForKey = () => shop.asMerchant('PUT', `/${id}`)
    const { status, json } = await shop.sendCard(id)
    expect([status, json.reason, json.view.status]).toEqual([409, 'not_open', 'disabled'])
    expect(json.view.card).not.toHaveProperty('asking')
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toEqual([])
  })

  test('has no known result after a lost call while i’mport is unavailable, even after the link’s end', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, amount: 10_000 })
    shop.iamport.state.whileCalling = async () => {
      shop.iamport.state.mode = 'down'
    }
    shop.iamport.state.card = 'take unheard'
    await shop.sendCard(id)
    shop.clock.now += 5 * 60_000
    expect((await shop.sendCard(id)).json.attempt).toEqual({ outcome: 'pending' })
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toHaveLength(1)
    expect(await shop.view(id)).toMatchObject({ status: 'registering', card: { asking: true } })
    shop.clock.now += 60 * 60_000
    expect(await shop.view(id)).toMatchObject({ status: 'expired', card: { asking: true } })
    shop.iamport.state.mode = 'up'
    shop.iamport.keys.clear()
    shop.iamport.payments.clear()
    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'none', so_far: true })
    expect((await shop.view(id)).card).not.toHaveProperty('asking')
  })

  test('is found by the reconciler if a lost call had arrived', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(byForm)
    shop.iamport.state.card = 'lose'
    await shop.sendCard(id)
    shop.iamport.issue('kim-1')
    shop.clock.now += 70_000
    await reconcileDue(shop.deps)
    expect((await shop.view(id)).status).toBe('registered')
  })

  test('does not replace an existing card, and does not count as a try', async () => {
    const shop = openCardsShop()
    shop.iamport.issue('kim-1')
    const id = await shop.makeLink(byForm)
    for (let n = 0; n < 7; n++) expect((await shop.sendCard(id)).json).toEqual({ reason: 'card_exists' })
    expect(shop.iamport.callsTo('POST', '/subscribe/')).toEqual([])
  })

  test('leaves no trace in the log or the database', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...byForm, amount: 10_000 })
    for (const card of ['refuse', 'lose', 'take'] as const) {
      shop.iamport.state.card = card
      await shop.sendCard(id, { password: '73', birth: '870605' })
      shop.clock.now += 130_000
    }
    const tables = ['links', 'registrations', 'payments', 'history', 'events', 'checkouts', 'inquiries']
    const read = (table: string) => shop.database.all(sql.raw(`select * from ${table}`).compile(queries))
    const stored = JSON.stringify([await Promise.all(tables.map(read)), shop.log])
    expect(stored).toContain('card_refused')
    expect(stored).not.toMatch(/4242-?4242|(?<![0-9a-f])870605(?![0-9a-f])|"73"/)
  })
})

describe('deleting a card', () => {
  const remove = async (
    shop: ReturnType<typeof openCardsShop>,
    uid: string,
    headers: Record<string, string> = {},
  ) =>
    shop.send('DELETE', `/subscribe/customers/${uid}`, undefined, {
      authorization: await shop.signIn(),
      ...headers,
    })

  test('deletes it at i’mport too, updates the page and frees the customer_uid', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(byForm)
    await shop.sendCard(id)
    const { status, json } = await remove(shop, 'kim-1')
    expect([status, json]).toMatchObject([
      200,
      { code: 0, message: null, response: { customer_uid: 'kim-1' } },
    ])
    expect(shop.iamport.keys.size).toBe(0)
    expect((await shop.view(id)).deleted_at).not.toBeNull()
    expect((await shop.report(id)).card.deleted_at).not.toBeNull()
    expect((await shop.report(id)).history.at(-1)).toMatchObject({ why: 'card_deleted' })
    expect((await remove(shop, 'kim-1')).status).toBe(404)
    const again = await shop.makeLink({ ...byForm, merchant_uid: 'order-2' })
    expect((await shop.sendCard(again)).json.status).toBe('registered')
  })

  test('is refused without a token, for another merchant and for an unknown customer_uid', async () => {
    const shop = openCardsShop()
    await shop.sendCard(await shop.makeLink(byForm))
    expect((await shop.send('DELETE', '/subscribe/customers/kim-1')).status).toBe(401)
    const other = await shop.signIn('other', 'other')
    const answer = await shop.send('DELETE', '/subscribe/customers/kim-1', undefined, {
      authorization: other,
    })
    expect([answer.status, answer.json.code, answer.json.response]).toEqual([404, -1, null])
    shop.iamport.issue('lee-1')
    expect((await remove(shop, 'lee-1')).status).toBe(404)
    expect(shop.iamport.keys.size).toBe(2)
    shop.iamport.state.mode = 'down'
    expect((await remove(shop, 'kim-1')).status).toBe(503)
  })
})

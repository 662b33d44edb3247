// Links that register a card through the gateway's window.
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { hashContent } from '../../../src/edge/features/links/content-hash.ts'
import { expireLinks } from '../../../src/edge/features/links/expire-links.ts'
import { deleteExpiredData } from '../../../src/edge/features/links/retention.ts'
import { reconcileDue } from '../../../src/edge/features/settlement/reconcile.ts'
import { readLinkRequest } from '../../../src/edge/routes/link-request/create-link.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { aLink } from '../support/builders.ts'
import { byForm, inWindow, openCardsShop } from '../support/cards-shop.ts'
import { anOrder, openShop, start } from '../support/shop.ts'

const refusal = async (order: Record<string, unknown>) => {
  const { status, json } = await openCardsShop().asMerchant('POST', '', anOrder(order))
  return [status, ...(json.errors ?? []).map(({ path }: { path: string }) => path)]
}

describe('creating a registration link', () => {
  test.each<[string, Record<string, unknown>, unknown[]]>([
    [
      'for a charging gateway without an amount',
      { ...inWindow, pay_methods: [{ pg: 'danal_tpay', label: 'x' }] },
      [400, 'amount'],
    ],
    ['for a gateway that cannot charge, with an amount', { ...inWindow, amount: 1000 }, [400, 'amount']],
    [
      'for a gateway that registers no cards',
      { ...inWindow, pay_methods: [{ pg: 'kcp', label: 'x' }] },
      [400, 'pay_methods.0.pg'],
    ],
    [
      'for a virtual account',
      { ...inWindow, pay_methods: [{ pg: 'html5_inicis', pay_method: 'vbank', label: 'x' }] },
      [400, 'pay_methods.0.pay_method'],
    ],
    [
      'for smartro without customer_id',
      { ...inWindow, merchant_uid: 'o1', pay_methods: [{ pg: 'smartro_v2', label: 'x' }] },
      [400, 'customer_id'],
    ],
    ['with an amount of zero', { amount: 0 }, [400, 'amount']],
    ['with replace but without a card', { replace: true }, [400, 'replace']],
    ['with a form but without a card', { card_form: true }, [400, 'card_form']],
    ['with a customer_uid of dots', { ...inWindow, customer_uid: '..' }, [400, 'customer_uid']],
    [
      'with a customer_uid that is too long',
      { ...inWindow, customer_uid: 'k'.repeat(81) },
      [400, 'customer_uid'],
    ],
    [
      'with a form and two methods',
      { ...byForm, pay_methods: [...byForm.pay_methods, ...byForm.pay_methods] },
      [400, 'pay_methods'],
    ],
    [
      'with a form but without a channel',
      { ...byForm, pay_methods: [{ pg: 'nice_v2', label: 'x' }] },
      [400, 'pay_methods.0.channelKey'],
    ],
    [
      'with a charging form but without a gateway',
      { ...byForm, amount: 1000, pay_methods: [{ channelKey: 'c', label: 'x' }] },
      [400, 'pay_methods.0.pg'],
    ],
  ])('%s is refused with the field named', async (_, order, expected) => {
    expect(await refusal(order)).toEqual(expected)
  })

  test('with a form is allowed only for merchants with card_form', async () => {
    const { json } = await openShop().asMerchant('POST', '', anOrder(byForm))
    expect(json.errors[0].path).toBe('card_form')
  })

  test('is idempotent, and a customer_uid has one open link', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    expect(await shop.makeLink(inWindow)).toBe(id)
    const rival = await shop.asMerchant('POST', '', anOrder({ ...inWindow, merchant_uid: 'order-2' }))
    expect([rival.status, rival.json.errors[0].path]).toEqual([409, 'customer_uid'])
    await shop.asMerchant('PUT', `/${id}`)
    await shop.makeLink({ ...inWindow, merchant_uid: 'order-2' })
  })

  test('twice at once for one customer_uid leaves one open link', async () => {
    const shop = openCardsShop()
    const made = await Promise.all(
      [1, 2, 3].map((n) => shop.asMerchant('POST', '', anOrder({ ...inWindow, merchant_uid: `order-${n}` }))),
    )
    expect(made.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  test('does not change the content hash of ordinary links', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink()
    expect(await shop.view(id)).not.toHaveProperty('card')
    expect(await shop.report(id)).not.toHaveProperty('card')
    const read = readLinkRequest(anOrder(), '', start)
    if (!read.ok) throw new Error('not read')
    expect(Object.keys(read.content)).not.toContain('registration')
    const { id: _, ...link } = aLink()
    const {
      status: _s,
      move_id: _m,
      content_hash: _h,
      created_at: _c,
      ended_at: _e,
      payment: _p,
      ...content
    } = link
    expect(await hashContent(content)).toBe(
      '7ab3e806a7cd137e4732ae0612be65933c301c852bca67753d9488765bfb6ce1',
    )
  })
})

describe('registering through the window', () => {
  test('requests only the card, and i’mport’s billing key registers it', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink({ ...inWindow, customer_id: 'kim' })
    expect(await shop.view(id)).toMatchObject({ status: 'registering', amount: 0, card: {} })
    const { json } = await shop.checkout(id)
    expect(json.params).toMatchObject({ customer_uid: 'kim-1', customer_id: 'kim', amount: 0 })
    expect(shop.iamport.callsTo('POST', '/payments/prepare')).toEqual([])

    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'none', so_far: true })
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 0 })
    expect((await shop.settle(id, 'imp_1')).json.attempt).toEqual({ outcome: 'pending' })
    shop.iamport.issue('kim-1')
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'registered',
      attempt: { outcome: 'registered' },
      card_name: '신한카드',
      receipt: null,
    })
    expect((await shop.settle(id)).json.attempt).toEqual({ outcome: 'registered' })
    expect(await shop.report(id)).toMatchObject({
      status: 'registered',
      amount: 0,
      disabled_at: null,
      card: { customer_uid: 'kim-1', late: false },
    })
    expect(await shop.events()).toEqual([['link.card_registered', 'registered']])
    expect((await shop.asMerchant('GET', '?status=registered')).json.items).toHaveLength(1)
    expect((await shop.asMerchant('GET', '?status=disabled')).json.items).toHaveLength(0)
    expect((await shop.asMerchant('PUT', `/${id}`)).status).toBe(409)
    expect((await shop.asMerchant('POST', '', anOrder(inWindow))).status).toBe(409)
  })

  test('is done once for twenty simultaneous settles', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.issue('kim-1')
    const answers = await Promise.all(Array.from({ length: 20 }, () => shop.settle(id)))
    expect(new Set(answers.map(({ json }) => json.attempt.outcome))).toEqual(new Set(['registered']))
    expect(await shop.events()).toHaveLength(1)
    expect((await shop.report(id)).history.map(({ why }: { why: string }) => why)).toEqual([
      'created',
      'registered',
    ])
  })

  test('does not accept a card that existed before, however often it is settled', async () => {
    const shop = openCardsShop()
    shop.iamport.issue('kim-1')
    const id = await shop.makeLink(inWindow)
    expect((await shop.settle(id)).json.status).toBe('registering')
    const { status, json } = await shop.checkout(id)
    expect([status, json]).toEqual([409, { reason: 'card_exists' }])
    expect((await shop.settle(id)).json.status).toBe('registering')
  })

  test('does not accept a card without a checkout permission', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    shop.iamport.issue('kim-1')
    expect((await shop.settle(id)).json.status).toBe('registering')
  })

  test('with replace accepts only another card than the one before', async () => {
    const shop = openCardsShop()
    shop.iamport.issue('kim-1')
    const id = await shop.makeLink({ ...inWindow, replace: true })
    expect(await shop.view(id)).toMatchObject({ card: { replaces: true } })
    expect((await shop.checkout(id)).status).toBe(200)
    expect((await shop.settle(id)).json.status).toBe('registering')
    await shop.checkout(id)
    shop.iamport.issue('kim-1')
    expect((await shop.settle(id)).json.status).toBe('registered')
  })

  test('is reported to a second tab that settles afterwards', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.issue('kim-1')
    const { status, json } = await shop.checkout(id)
    expect([status, json.reason, json.view.status]).toEqual([409, 'not_open', 'registered'])
  })

  test('is refused for a card of a test channel on a live merchant’s link', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.issue('kim-1', { sandbox: true })
    expect((await shop.settle(id)).json.status).toBe('registering')
  })

  test('is found by the reconciler if the customer never returns', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.issue('kim-1')
    shop.clock.now += 2 * 60_000
    await reconcileDue(shop.deps)
    expect((await shop.view(id)).status).toBe('registered')
    expect((await shop.report(id)).card.late).toBe(false)
  })

  test('reports and changes nothing while i’mport is unavailable', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    shop.iamport.state.mode = 'down'
    expect((await shop.checkout(id)).status).toBe(503)
    expect((await shop.settle(id)).status).toBe(503)
    expect(await shop.view(id)).toMatchObject({ status: 'registering' })
  })

  test('emits one event for a failed attempt', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.pay({
      imp_uid: 'imp_1',
      merchant_uid: 'order-1',
      amount: 0,
      status: 'failed',
      fail_reason: '거절',
    })
    for (const _ of [1, 2])
      expect((await shop.settle(id, 'imp_1')).json.attempt).toEqual({ outcome: 'declined' })
    expect(await shop.events()).toEqual([['link.card_failed', 'declined']])
  })

  test('refunds a payment that nobody agreed to, and registers nothing', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 5_000 })
    shop.iamport.issue('kim-1')
    expect((await shop.settle(id, 'imp_1')).json.attempt).toMatchObject({
      outcome: 'rejected',
      returned: true,
    })
    expect(shop.iamport.payments.get('imp_1')?.status).toBe('cancelled')
    expect((await shop.view(id)).status).toBe('registering')
  })

  test('does not treat the cancelled issue of a key as a refund', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 0, status: 'cancelled' })
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'registering',
      attempt: { outcome: 'cancelled' },
    })
  })

  test('keeps a card that arrives after the link’s end and marks it as late', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.clock.now += 3_700_000
    await expireLinks(shop.deps)
    expect((await shop.view(id)).status).toBe('expired')
    shop.iamport.issue('kim-1', { inserted: start / 1000 + 3_750, updated: start / 1000 + 3_750 })
    expect((await shop.settle(id)).json.status).toBe('registered')
    expect((await shop.report(id)).card.late).toBe(true)
    expect(await shop.events()).toEqual([
      ['link.card_registered', 'registered_late'],
      ['link.expired', 'expired'],
    ])
  })

  test('erases the card company with the buyer’s data', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(inWindow)
    await shop.checkout(id)
    shop.iamport.issue('kim-1', { card_name: '신한 "S" \\카드' })
    await shop.settle(id)
    expect(await shop.report(id)).toMatchObject({ card: { card_name: '신한 S 카드' } })
    const bodies = async () => {
      const query = sql<{ body: string }>`select body from events order by seq`.compile(queries)
      return (await shop.database.all(query)).map(({ body }) => body)
    }
    const before = await bodies()
    expect(before.join()).toContain('"card_name":"신한 S 카드"')
    shop.clock.now += 91 * 86_400_000
    await deleteExpiredData(shop.deps)
    expect((await shop.report(id)).card).toMatchObject({ customer_uid: 'kim-1', card_name: null })
    expect(await shop.view(id)).toMatchObject({ status: 'registered', card_name: null })
    expect(await bodies()).toEqual(before.map((body) => body.replace('"신한 S 카드"', 'null')))
  })

  test('through an older link’s window registers the card on the newer link', async () => {
    const shop = openCardsShop()
    const older = await shop.makeLink(inWindow)
    await shop.checkout(older)
    const newer = await shop.makeLink({ ...inWindow, title: '다른 제목' })
    shop.iamport.issue('kim-1')
    expect((await shop.settle(older)).json).toMatchObject({
      status: 'registered',
      attempt: { outcome: 'registered' },
    })
    expect((await shop.view(newer)).status).toBe('registered')
    expect((await shop.view(older)).status).toBe('registered')
  })
})

describe('registering with a charge', () => {
  const charged = { ...inWindow, amount: 10_000, pay_methods: [{ pg: 'danal_tpay', label: '신용카드' }] }
  const paid = { imp_uid: 'imp_1', merchant_uid: 'order-1', pg_provider: 'danal_tpay' }

  test('verifies and reports both the payment and the card', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(charged)
    expect((await shop.checkout(id)).json.params).toMatchObject({ amount: 10_000, customer_uid: 'kim-1' })
    expect(shop.iamport.callsTo('POST', '/payments/prepare')).toHaveLength(1)
    shop.iamport.pay(paid)
    shop.iamport.issue('kim-1')
    const { json } = await shop.settle(id, 'imp_1')
    expect(json).toMatchObject({
      status: 'registered',
      receipt: { returned: 0 },
      attempt: { outcome: 'registered' },
    })
    expect(await shop.events()).toEqual([
      ['link.card_registered', 'registered'],
      ['link.paid', 'paid'],
    ])
    const back = { status: 'cancelled', cancel_amount: 10_000, cancelled_at: 1_900_000_500 }
    Object.assign(shop.iamport.payments.get('imp_1') ?? {}, back)
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'refunded',
      attempt: { outcome: 'refunded' },
    })
  })

  test('without a billing key reports the payment and the missing card once, and accepts a late key', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(charged)
    await shop.checkout(id)
    shop.iamport.pay(paid)
    for (const _ of [1, 2])
      expect((await shop.settle(id, 'imp_1')).json).toMatchObject({ status: 'paid', card: {} })
    expect(await shop.events()).toEqual([
      ['link.card_failed', 'no_key'],
      ['link.paid', 'paid'],
    ])
    shop.iamport.issue('kim-1')
    shop.clock.now += 70_000
    await reconcileDue(shop.deps)
    expect((await shop.view(id)).status).toBe('registered')
  })

  test('refunds a second payment and keeps the card', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(charged)
    await shop.checkout(id)
    shop.iamport.pay(paid)
    shop.iamport.issue('kim-1')
    await shop.settle(id, 'imp_1')
    shop.iamport.pay({ ...paid, imp_uid: 'imp_2' })
    expect((await shop.settle(id, 'imp_2')).json.attempt).toMatchObject({
      outcome: 'rejected',
      why: 'second_payment',
    })
    expect((await shop.view(id)).status).toBe('registered')
  })

  test('keeps a payment that is approved shortly after its card was seen', async () => {
    const shop = openCardsShop({}, { LATE_PAYMENT: 'refund' })
    const id = await shop.makeLink(charged)
    await shop.checkout(id)
    shop.iamport.issue('kim-1')
    expect((await shop.settle(id)).json).toMatchObject({ status: 'registered', receipt: null })
    shop.iamport.pay({ ...paid, paid_at: shop.clock.now / 1000 + 5 })
    shop.clock.now += 6_000
    expect((await shop.settle(id, 'imp_1')).json).toMatchObject({
      status: 'registered',
      receipt: { returned: 0 },
    })
    expect((await shop.report(id)).late).toBe(false)
  })

  test('reports both to a second tab that settles afterwards', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(charged)
    await shop.checkout(id)
    shop.iamport.pay(paid)
    shop.iamport.issue('kim-1')
    expect((await shop.checkout(id)).json).toMatchObject({
      reason: 'not_open',
      view: { status: 'registered', receipt: { returned: 0 } },
    })
  })

  test('without a payment reports an unpaid link with a card', async () => {
    const shop = openCardsShop()
    const id = await shop.makeLink(charged)
    await shop.checkout(id)
    shop.iamport.issue('kim-1')
    expect((await shop.settle(id)).json).toMatchObject({ status: 'registered', receipt: null })
  })
})

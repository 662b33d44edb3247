import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import { decideSuccession } from '../../../src/edge/features/links/supersede.ts'
import { newRegistration } from '../../../src/edge/store/cards/registration-row.ts'
import { aHeldPayment, aLink } from '../support/builders.ts'
import { start } from '../support/start.ts'

const registered = {
  ...newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: true }),
  registered_at: start,
}
const deposit = { bank: '', account: '1', holder: null, due_at: start + 60_000 }
const awaiting = { status: 'awaiting_deposit' as const, payment: aHeldPayment({ paid_at: null, deposit }) }
/** An hour after it was due. */
const over = deposit.due_at + 3_600_000

/** The order has the link, and before it may have had another. */
const place = (link: Partial<Link>, hash: string, now = start, earlier?: Link) =>
  decideSuccession(
    [...(earlier ? [{ link: earlier, current: false }] : []), { link: aLink(link), current: true }],
    hash,
    now,
  )

describe('an order that is posted', () => {
  test('for the first time gets a link', () => {
    expect(decideSuccession([], 'hash', start)).toEqual({ do: 'create', older: undefined })
  })
  test.each<[string, Partial<Link>]>([
    ['open', {}],
    ['that awaits a deposit', awaiting],
  ])('again with the same content keeps its link %s', (_, link) => {
    expect(place(link, 'hash')).toEqual({ do: 'reuse', link: aLink(link) })
  })
  test('again with other content gets a new link in place of the open one', () => {
    expect(place({}, 'other')).toEqual({ do: 'create', older: aLink() })
  })
  test.each<[string, Partial<Link>]>([
    ['expired', { expires_at: start }],
    ['disabled', { status: 'disabled' }],
    ['refunded', { status: 'refunded', payment: aHeldPayment() }],
    ['refunded after its card was registered', { status: 'refunded', registration: registered }],
  ])('again after its link was %s gets a new one, also with the same content', (_, link) => {
    expect(place(link, 'hash')).toEqual({ do: 'create', older: aLink(link) })
    expect(place(link, 'other')).toEqual({ do: 'create', older: aLink(link) })
  })
  test('again with other content gets a new link once nobody can pay into its account any more', () => {
    const link = { ...awaiting, expires_at: over + 1 }
    expect(place(link, 'other', over)).toEqual({ do: 'create', older: aLink(link) })
  })
  test.each<[string, Partial<Link>, string]>([
    ['paid', { status: 'paid', payment: aHeldPayment() }, 'paid'],
    ['registered', { registration: registered }, 'registered'],
  ])('again gets no link once it is %s, whatever its content', (_, link, reason) => {
    for (const hash of ['hash', 'other'])
      expect(place(link, hash)).toEqual({ do: 'refuse', reason, link: aLink(link) })
  })
  test('again with other content gets no link while a deposit is awaited', () => {
    expect(place(awaiting, 'other')).toEqual({
      do: 'refuse',
      reason: 'awaiting_deposit',
      link: aLink(awaiting),
    })
  })
  test.each<[string, Partial<Link>, string]>([
    ['paid', { status: 'paid', payment: aHeldPayment() }, 'paid'],
    ['used for its card', { registration: registered }, 'registered'],
  ])('again gets no link once a link that was replaced is %s', (_, differences, reason) => {
    const link = aLink({ id: 'earlier', ...differences })
    for (const hash of ['hash', 'other'])
      expect(place({}, hash, start, link)).toEqual({ do: 'refuse', reason, link })
  })
})

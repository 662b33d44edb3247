import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import { decideSuccession } from '../../../src/edge/features/links/supersede.ts'
import { newRegistration } from '../../../src/edge/store/cards/registration-row.ts'
import { aLink, aLinkPayment } from '../support/builders.ts'
import { start } from '../support/start.ts'

const registered = {
  ...newRegistration({ customer_uid: 'kim', customer_id: null, replace: false, form: true }),
  registered_at: start,
}
const deposit = { bank: '', account: '1', holder: null, due_at: start + 60_000 }
const awaiting = { status: 'awaiting_deposit' as const, payment: aLinkPayment({ paid_at: null, deposit }) }
/** An hour after the account was due, when it counts as expired. */
const expiredAt = deposit.due_at + 3_600_000

/** Decides for an order whose current link is `link`, after an optional earlier link. */
const decide = (link: Partial<Link>, hash: string, now = start, earlier?: Link) =>
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
    ['is open', {}],
    ['awaits a deposit', awaiting],
  ])('again with the same content gets the same link if it %s', (_, link) => {
    expect(decide(link, 'hash')).toEqual({ do: 'reuse', link: aLink(link) })
  })
  test('again with other content gets a new link that replaces the open one', () => {
    expect(decide({}, 'other')).toEqual({ do: 'create', older: aLink() })
  })
  test.each<[string, Partial<Link>]>([
    ['expired', { expires_at: start }],
    ['disabled', { status: 'disabled' }],
    ['refunded', { status: 'refunded', payment: aLinkPayment() }],
    ['refunded after its card was registered', { status: 'refunded', registration: registered }],
  ])('again after its link was %s gets a new link, even with the same content', (_, link) => {
    expect(decide(link, 'hash')).toEqual({ do: 'create', older: aLink(link) })
    expect(decide(link, 'other')).toEqual({ do: 'create', older: aLink(link) })
  })
  test('again with other content gets a new link once its virtual account has expired', () => {
    const link = { ...awaiting, expires_at: expiredAt + 1 }
    expect(decide(link, 'other', expiredAt)).toEqual({ do: 'create', older: aLink(link) })
  })
  test.each<[string, Partial<Link>, string]>([
    ['is paid', { status: 'paid', payment: aLinkPayment() }, 'paid'],
    ['has registered its card', { registration: registered }, 'registered'],
  ])('again is refused if its link %s, whatever its content', (_, link, reason) => {
    for (const hash of ['hash', 'other'])
      expect(decide(link, hash)).toEqual({ do: 'refuse', reason, link: aLink(link) })
  })
  test('again with other content is refused while a deposit is awaited', () => {
    expect(decide(awaiting, 'other')).toEqual({
      do: 'refuse',
      reason: 'awaiting_deposit',
      link: aLink(awaiting),
    })
  })
  test.each<[string, Partial<Link>, string]>([
    ['is paid', { status: 'paid', payment: aLinkPayment() }, 'paid'],
    ['has registered its card', { registration: registered }, 'registered'],
  ])('again is refused if a replaced link %s', (_, differences, reason) => {
    const link = aLink({ id: 'earlier', ...differences })
    for (const hash of ['hash', 'other'])
      expect(decide({}, hash, start, link)).toEqual({ do: 'refuse', reason, link })
  })
})

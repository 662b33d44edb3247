import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import { billStatusOf, endDeposit, statusOf, sweepAt } from '../../../src/edge/domain/links/link-status.ts'
import { newRegistration } from '../../../src/edge/store/cards/registration-row.ts'
import { aLink, aLinkPayment } from '../support/builders.ts'
import { start } from '../support/start.ts'

const hour = 3_600_000

test('a link expires exactly at its expiry time', () => {
  const link = aLink()
  expect(statusOf(link, link.expires_at - 1)).toBe('open')
  expect(statusOf(link, link.expires_at)).toBe('expired')
  for (const status of ['paid', 'refunded', 'disabled'] as const)
    expect(statusOf(aLink({ status }), link.expires_at)).toBe(status)
})

const deposit = { bank: '', account: '1', holder: null, due_at: start + 20 * hour }
const awaiting = (differences: Partial<typeof deposit> | { due_at: null } = {}, link: Partial<Link> = {}) =>
  aLink({
    status: 'awaiting_deposit',
    expires_at: start + 24 * hour,
    payment: aLinkPayment({ paid_at: null, deposit: { ...deposit, ...differences } }),
    ...link,
  })

describe('an unpaid virtual account blocks its link', () => {
  test('until an hour after its due time', () => {
    const link = awaiting()
    expect(endDeposit(link, start + 21 * hour - 1)).toBe(link)
    expect(endDeposit(link, start + 21 * hour)).toEqual({ ...link, status: 'open', payment: null })
  })
  test('until an hour after the link’s expiry if the gateway gives no due time', () => {
    const link = awaiting({ due_at: null })
    expect(statusOf(link, start + 25 * hour - 1)).toBe('awaiting_deposit')
    expect(statusOf(link, start + 25 * hour)).toBe('expired')
  })
  test('until an hour after the link’s expiry if nothing is known of the account', () => {
    const link = awaiting({}, { payment: aLinkPayment({ paid_at: null }) })
    expect(sweepAt(link)).toBe(start + 25 * hour)
  })
  test('past the link’s expiry if it is due later', () => {
    const link = awaiting({}, { expires_at: start + hour })
    expect(statusOf(link, start + 2 * hour)).toBe('awaiting_deposit')
    expect(statusOf(link, start + 21 * hour)).toBe('expired')
  })
  test('no longer once the link has ended otherwise', () => {
    for (const status of ['open', 'paid', 'refunded', 'disabled'] as const) {
      const link = awaiting({}, { status })
      expect(endDeposit(link, start + 22 * hour)).toBe(link)
    }
  })
})

describe('a link with a registered card', () => {
  const form = { customer_uid: 'kim', customer_id: null, replace: false, form: true }
  const registration = { ...newRegistration(form), registered_at: start }
  test.each(['open', 'paid', 'disabled'] as const)('is registered even if its bill is %s', (status) => {
    const link = aLink({ status, registration })
    expect([statusOf(link, start), billStatusOf(link, start)]).toEqual(['registered', status])
  })
  test('is registered even after its expiry', () => {
    expect(statusOf(aLink({ registration, expires_at: start }), start)).toBe('registered')
  })
  test('is refunded once its payment is refunded', () => {
    expect(statusOf(aLink({ status: 'refunded', registration }), start)).toBe('refunded')
  })
  test('is open before the registration', () => {
    expect(statusOf(aLink({ registration: newRegistration(form) }), start)).toBe('open')
  })
})

describe('the status of a link over time:', () => {
  test('an open link expires at its expiry time', () => {
    expect(sweepAt(aLink())).toBe(aLink().expires_at)
  })
  test('a link that awaits a deposit expires an hour after the account’s due time', () => {
    expect(sweepAt(awaiting())).toBe(start + 21 * hour)
  })
  test.each(['paid', 'refunded', 'disabled'] as const)('a link that is %s does not expire', (status) => {
    expect(sweepAt(aLink({ status }))).toBeNull()
  })
})

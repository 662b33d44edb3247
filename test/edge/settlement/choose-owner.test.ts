import { describe, expect, test } from 'vitest'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import type { Origin } from '../../../src/edge/domain/payments/payment-origin.ts'
import { chooseOwner, type Recorded } from '../../../src/edge/features/settlement/choose-owner.ts'
import type { Payment } from '../../../src/edge/iamport/payment.ts'
import { aLink, aPayment, aPermission } from '../support/builders.ts'
import { start } from '../support/start.ts'

const minute = 60_000
const older = aLink({ id: 'older' })
const replacedAt = start + 5 * minute
const current = (differences: Partial<Link> = {}) =>
  aLink({ id: 'newer', created_at: replacedAt, ...differences })
const dearer = current({ amount: 20_000 })

const throughWindow = (link_id: string, granted_at = start): Origin => ({
  from: 'window',
  link_id,
  permission: aPermission({ link_id, granted_at }),
})
const elsewhere: Origin = { from: 'elsewhere' }

/**
 * The link that settles a payment after `newer` replaced `older`, and whether the payment is judged at its
 * price.
 */
function ownerOf(
  newer: Link,
  payment: Partial<Payment>,
  origin = throughWindow('older'),
  recorded?: Recorded,
  asked = older,
) {
  const order = [
    { link: older, current: false, supersededAt: replacedAt },
    { link: newer, current: true, supersededAt: null },
  ]
  const { link, isPrice } = chooseOwner(asked, order, aPayment(payment), origin, recorded)
  return [link.id, isPrice]
}

describe('chooseOwner assigns a payment', () => {
  test('to the replacing link if it asks for the same amount', () => {
    expect(ownerOf(current(), {})).toEqual(['newer', true])
  })
  test('to its own link if its window opened before the price changed, within two minutes', () => {
    expect(ownerOf(dearer, { started_at: start + 7 * minute })).toEqual(['older', true])
    expect(ownerOf(dearer, { started_at: start + 7 * minute + 1 })).toEqual(['older', false])
  })
  test('by the time of its checkout permission if upstream gives no start time', () => {
    const withoutStart = { started_at: null }
    expect(ownerOf(dearer, withoutStart, throughWindow('older', start + 7 * minute))).toEqual(['older', true])
    expect(ownerOf(dearer, withoutStart, throughWindow('older', start + 7 * minute + 1))).toEqual([
      'older',
      false,
    ])
  })
  test('to its own link, without accepting its price, if its start time is unknown', () => {
    const account = { link_id: 'older', isFinal: false }
    expect(ownerOf(dearer, { started_at: null }, elsewhere, account)).toEqual(['older', false])
  })
  test('to the current link if it has that link’s amount, whichever window it came through', () => {
    expect(ownerOf(dearer, { amount: 20_000 })).toEqual(['newer', true])
  })
  test('to the current link if it came through that link’s window, even with another amount', () => {
    expect(ownerOf(dearer, {}, throughWindow('newer'))).toEqual(['newer', true])
  })
  test('to the link that it already paid, whatever happened to the order since', () => {
    const settled = { link_id: 'older', isFinal: true }
    expect(ownerOf(dearer, { amount: 1 }, throughWindow('newer'), settled, dearer)).toEqual(['older', true])
  })
  test('to the link whose window it came through, even if another link recorded it first', () => {
    const recorded = { link_id: 'older', isFinal: false }
    expect(ownerOf(dearer, {}, throughWindow('newer'), recorded)).toEqual(['newer', true])
  })
  test('to the link that recorded it if its window is unknown', () => {
    const recorded = { link_id: 'newer', isFinal: false }
    expect(ownerOf(dearer, {}, elsewhere, recorded)).toEqual(['newer', true])
  })
  test('to the requested link if nothing else identifies its owner', () => {
    expect(ownerOf(dearer, {}, elsewhere)).toEqual(['older', true])
    expect(ownerOf(dearer, {}, elsewhere, undefined, dearer)).toEqual(['newer', true])
  })
})

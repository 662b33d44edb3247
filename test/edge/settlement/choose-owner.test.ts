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

/** The link that a payment is judged by, where `newer` replaced the order's older link, and whether at its price. */
function judge(
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

describe('a payment is judged by', () => {
  test('the link that replaced its own and asks for the same', () => {
    expect(judge(current(), {})).toEqual(['newer', true])
  })
  test('its own link, where the window was opened before another price took its place', () => {
    expect(judge(dearer, { started_at: start + 7 * minute })).toEqual(['older', true])
    expect(judge(dearer, { started_at: start + 7 * minute + 1 })).toEqual(['older', false])
  })
  test('its own link by when its window was permitted, where upstream does not tell when it was started', () => {
    const untold = { started_at: null }
    expect(judge(dearer, untold, throughWindow('older', start + 7 * minute))).toEqual(['older', true])
    expect(judge(dearer, untold, throughWindow('older', start + 7 * minute + 1))).toEqual(['older', false])
  })
  test('its own link, but not at its price, where nothing tells when it was started', () => {
    const account = { link_id: 'older', isFinal: false }
    expect(judge(dearer, { started_at: null }, elsewhere, account)).toEqual(['older', false])
  })
  test('the current link where it is of that one’s price, whichever window it came through', () => {
    expect(judge(dearer, { amount: 20_000 })).toEqual(['newer', true])
  })
  test('the current link at its own price, where it came through that one’s window for another amount', () => {
    expect(judge(dearer, {}, throughWindow('newer'))).toEqual(['newer', true])
  })
  test('the link that keeps it already, whatever became of the order', () => {
    const kept = { link_id: 'older', isFinal: true }
    expect(judge(dearer, { amount: 1 }, throughWindow('newer'), kept, dearer)).toEqual(['older', true])
  })
  test('the link whose window it came through, where another one only wrote it down', () => {
    const noted = { link_id: 'older', isFinal: false }
    expect(judge(dearer, {}, throughWindow('newer'), noted)).toEqual(['newer', true])
  })
  test('the link that wrote it down, where no window of it is known any more', () => {
    const noted = { link_id: 'newer', isFinal: false }
    expect(judge(dearer, {}, elsewhere, noted)).toEqual(['newer', true])
  })
  test('the link that was asked about, where nothing tells', () => {
    expect(judge(dearer, {}, elsewhere)).toEqual(['older', true])
    expect(judge(dearer, {}, elsewhere, undefined, dearer)).toEqual(['newer', true])
  })
})

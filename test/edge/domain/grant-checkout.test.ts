import { describe, expect, test } from 'vitest'
import { grantCheckout } from '../../../src/edge/domain/links/grant-checkout.ts'
import type { Link } from '../../../src/edge/domain/links/link.ts'
import { aLink } from '../support/builders.ts'
import { start } from '../support/start.ts'

const minute = 60_000
const [card] = aLink().methods
const phone = { key: 'm2', label: '휴대폰', pay_method: 'phone', provider: 'danal', pg: 'danal' }
const link = (differences: Partial<Link> = {}) =>
  aLink({ methods: [...aLink().methods, phone], expires_at: start + 60 * minute, ...differences })

describe('a checkout permission is granted', () => {
  test('for ten minutes with the chosen method', () => {
    const holds_until = start + 10 * minute
    expect(grantCheckout(link(), 'm1', start)).toEqual({ ok: true, method: card, holds_until })
    expect(grantCheckout(link(), 'm2', start)).toEqual({ ok: true, method: phone, holds_until })
  })
  test('until the link expires if that is sooner', () => {
    const { expires_at } = link()
    const grant = grantCheckout(link(), 'm1', expires_at - minute)
    expect(grant).toMatchObject({ ok: true, holds_until: expires_at })
  })
})

describe('no checkout permission is granted', () => {
  test.each<[string, Partial<Link>]>([
    ['that expires now', { expires_at: start }],
    ['that awaits a deposit', { status: 'awaiting_deposit' }],
    ['that is paid', { status: 'paid' }],
    ['that is refunded', { status: 'refunded' }],
    ['that is disabled', { status: 'disabled' }],
    ['whose order is paid elsewhere', { paid_elsewhere: true }],
  ])('for a link %s', (_, differences) => {
    expect(grantCheckout(link(differences), 'm1', start)).toEqual({ ok: false, reason: 'not_open' })
  })
  test('for a method that the link does not offer', () => {
    expect(grantCheckout(link(), 'm3', start)).toEqual({ ok: false, reason: 'unknown_method' })
  })
})

// Invariants that hold after every scenario, according to the mock i'mport's own records.
import type { Report, Shop } from './shop.ts'
import type { Entry } from './upstream/records.ts'

const minute = 60_000
const hour = 60 * minute

export interface Violation {
  promise: string
  evidence: unknown
}

/** A statement to the customer that nothing was charged. */
export interface Statement {
  order: string
  at: number
  text: string
}

export async function audit(shop: Shop): Promise<Violation[]> {
  const violations: Violation[] = []
  const report = (promise: string, evidence: unknown) => void violations.push({ promise, evidence })
  await waitForDecisions(shop)

  const { entries } = shop.upstream
  const reports = new Map<string, Report[]>()
  for (const link of shop.links)
    reports.set(keyOf(link.account, link.order), [
      ...(reports.get(keyOf(link.account, link.order)) ?? []),
      await shop.report(link),
    ])

  for (const { wire, origin, cancels } of entries) {
    const returned = cancels.filter(({ by }) => by === 'edge')
    const sum = returned.reduce((all, { amount }) => all + amount, 0)
    if (origin !== 'window' && sum > 0)
      report('a payment made outside a window is never refunded', {
        origin,
        imp_uid: wire.imp_uid,
        amount: sum,
      })
    if (returned.length > 1) report('a payment is refunded once', { imp_uid: wire.imp_uid, returned })
  }

  for (const [order, ofOrder] of reports) {
    const kept = ofOrder.filter(({ status, imp_uid }) => status === 'paid' && imp_uid)
    if (new Set(kept.map(({ imp_uid }) => imp_uid)).size > 1) report('an order is paid once', { order, kept })
    for (const { imp_uid, amount, currency } of kept)
      checkKept(shop, order, imp_uid, amount, currency, report)
  }

  for (const entry of entries) {
    const { wire, origin, approvedAt, account } = entry
    const ofOrder = reports.get(keyOf(account, wire.merchant_uid))
    if (origin === 'elsewhere' || approvedAt === null || !ofOrder) continue
    const known = isKnown(shop, entry, ofOrder)
    const isBack = wire.cancel_amount >= wire.amount
    if (!known && !isBack)
      report('a payment through a window is kept, refunded or reported in time', {
        imp_uid: wire.imp_uid,
        amount: wire.amount,
        links: ofOrder.map(({ status }) => status),
      })
  }

  for (const { order, at, text } of shop.statements) {
    const contradiction = entries.find((entry) => isContradicted(shop, entry, order, at))
    if (contradiction) {
      const seconds = Math.round(((contradiction.approvedAt ?? at) - at) / 1000)
      report('a customer who was charged is never told otherwise', {
        text,
        order,
        approvedAfterSeconds: seconds,
      })
    }
  }

  const failed = shop.responses.filter(({ status }) => status === 500)
  if (failed.length > 0) report('no request fails with 500', { count: failed.length, first: failed[0]?.path })
  return dedupe(violations)
}

/** Two merchants may use the same order number. */
const keyOf = (account: string, order: string) => `${account} ${order}`

/**
 * While i'mport responds: until 70 minutes after the permission expires, or 25 hours after a later approval.
 */
async function waitForDecisions(shop: Shop): Promise<void> {
  const ends = shop.upstream.entries.map(({ approvedAt, permittedUntil }) => {
    if (approvedAt === null || permittedUntil === null) return 0
    return approvedAt < permittedUntil + hour ? permittedUntil + 70 * minute : approvedAt + 25 * hour
  })
  const left = Math.max(0, ...ends) - shop.clock.now
  if (left > 0) await shop.advance(left + minute)
}

function checkKept(
  shop: Shop,
  order: string,
  impUid: string | null,
  amount: number,
  currency: string,
  report: (promise: string, evidence: unknown) => void,
): void {
  const wire = impUid === null ? undefined : shop.upstream.find(impUid)?.wire
  if (!wire || !order.endsWith(` ${wire.merchant_uid}`))
    report('only a payment of the order itself is kept', { order, impUid })
  else if (wire.amount !== amount || wire.currency.toUpperCase() !== currency)
    report('no wrong amount is kept', { order, asked: amount, paid: wire.amount, currency: wire.currency })
  if (wire?.sandbox) report('no test payment is kept in live mode', { order, impUid })
}

function isKnown(shop: Shop, { wire: { imp_uid } }: Entry, reports: Report[]): boolean {
  const types = ['link.paid', 'link.refunded', 'link.payment_rejected', 'link.payment_foreign']
  return (
    reports.some(
      (report) =>
        (report.imp_uid === imp_uid && ['paid', 'refunded', 'registered'].includes(report.status)) ||
        [...(report.rejected ?? []), ...(report.foreign ?? [])].some((one) => one.imp_uid === imp_uid),
    ) || types.some((type) => shop.events(type, imp_uid).length > 0)
  )
}

/**
 * True if the window was already open and the payment was approved later, or earlier and still without a
 * decision.
 */
function isContradicted(
  shop: Shop,
  { wire, origin, openedAt, approvedAt, approvedAfterFailure }: Entry,
  order: string,
  at: number,
): boolean {
  if (origin === 'elsewhere' || wire.merchant_uid !== order || approvedAt === null || approvedAfterFailure)
    return false
  if (openedAt > at) return false
  if (approvedAt > at) return wire.vbank_date === 0 || approvedAt <= wire.vbank_date * 1000
  const decided = ['link.payment_rejected', 'link.payment_foreign', 'link.refunded']
  return !decided.some((type) => shop.events(type, wire.imp_uid).length > 0)
}

function dedupe(violations: Violation[]): Violation[] {
  return violations.filter(
    ({ promise }, at) => violations.findIndex((other) => other.promise === promise) === at,
  )
}

// "Nothing was charged" is stated only if no approval can follow.
import type { CardAttempt } from '../../src/contract/cards/card-view.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import type { LinksTable } from '../../src/edge/store/sql/tables.ts'
import type { Attempt } from './attempt.ts'
import { undecidedMs, windowsClosedAt } from './check-found.ts'
import { invariant } from './invariant.ts'
import { concerns } from './ledger.ts'
import type { Simulation } from './simulation.ts'
import { isByPage } from './windows.ts'

export interface Claim {
  link: LinksTable
  statement: string
  /** All windows of the order, or only the link's own. */
  scope: 'order' | 'link'
  at: number
  scene: number
}

const notCharged = new Set(['declined', 'cancelled', 'none', 'started', 'ignored', 'foreign'])

/** Records final statements in a response to the page. */
export function recordClaims(
  simulation: Simulation,
  link: LinksTable,
  view: Partial<LinkView & { attempt: CardAttempt }>,
): void {
  const { clock, claims, coverage } = simulation
  const claim = (statement: string, scope: Claim['scope']) =>
    claims.push({ link, statement, scope, at: clock.now, scene: clock.scene })
  const isOver = view.status === 'expired' || view.status === 'disabled'
  if (isOver && !('unsettled' in view)) claim(`${view.status} view`, 'link')
  const { attempt } = view
  if (!attempt || !notCharged.has(attempt.outcome)) return
  if ('so_far' in attempt) coverage.soFar += 1
  else {
    claim(attempt.outcome, 'order')
    coverage.claims += 1
  }
}

/** Approvals of this scene must not contradict earlier statements. */
export function checkClaims(simulation: Simulation): void {
  const { iamport, clock, claims } = simulation
  for (const attempt of iamport.approved.slice(simulation.checked.claims))
    for (const claim of claims)
      invariant(
        !isBroken(simulation, claim, attempt),
        'a payment was approved after a statement that nothing was charged',
        {
          claim,
          attempt,
          now: clock.now,
        },
      )
  simulation.checked.claims = iamport.approved.length
}

function isBroken(simulation: Simulation, claim: Claim, attempt: Attempt): boolean {
  const { window, startedIn, failedIn, accountIn, approved } = attempt
  if (!window?.byPage || !isByPage(attempt) || !approved || !concerns(claim.link, attempt)) return false
  if (claim.scope === 'link' && window.linkId !== claim.link.id) return false
  if (claim.scene < startedIn || claim.scene >= approved.scene) return false
  // i'mport revised a failure, or the customer had an account to pay into.
  if ([failedIn, accountIn].some((scene) => scene !== undefined && scene <= claim.scene)) return false
  return claim.at <= windowsClosedAt(simulation, window.linkId) + undecidedMs
}

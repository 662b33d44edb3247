// "Nothing was charged" is stated only if no approval can follow.
import type { CardAttempt } from '../../src/contract/cards/card-view.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import type { LinksTable } from '../../src/edge/store/sql/tables.ts'
import type { Attempt } from './attempt.ts'
import { undecidedMs, windowsClosedAt } from './check-found.ts'
import { concerns } from './ledger.ts'
import { must } from './must.ts'
import type { Stage } from './stage.ts'
import { isByPage } from './windows.ts'

export interface Claim {
  link: LinksTable
  said: string
  /** All windows of the order, or only the link's own. */
  about: 'order' | 'link'
  at: number
  scene: number
}

const notCharged = new Set(['declined', 'cancelled', 'none', 'started', 'ignored', 'foreign'])

/** Records final statements in a response to the page. */
export function noteClaims(
  stage: Stage,
  link: LinksTable,
  view: Partial<LinkView & { attempt: CardAttempt }>,
): void {
  const { clock, claims, heard } = stage
  const claim = (said: string, about: Claim['about']) =>
    claims.push({ link, said, about, at: clock.now, scene: clock.scene })
  const isOver = view.status === 'expired' || view.status === 'disabled'
  if (isOver && !('unsettled' in view)) claim(`${view.status} view`, 'link')
  const { attempt } = view
  if (!attempt || !notCharged.has(attempt.outcome)) return
  if ('so_far' in attempt) heard.soFar += 1
  else {
    claim(attempt.outcome, 'order')
    heard.claims += 1
  }
}

/** Approvals of this scene must not contradict earlier statements. */
export function checkClaims(stage: Stage): void {
  const { iamport, clock, claims } = stage
  for (const attempt of iamport.approved.slice(stage.seen.denied))
    for (const claim of claims)
      must(
        !isBroken(stage, claim, attempt),
        'a payment was approved after a statement that nothing was charged',
        {
          claim,
          attempt,
          now: clock.now,
        },
      )
  stage.seen.denied = iamport.approved.length
}

function isBroken(stage: Stage, claim: Claim, attempt: Attempt): boolean {
  const { window, startedIn, failedIn, accountIn, approved } = attempt
  if (!window?.byPage || !isByPage(attempt) || !approved || !concerns(claim.link, attempt)) return false
  if (claim.about === 'link' && window.linkId !== claim.link.id) return false
  if (claim.scene < startedIn || claim.scene >= approved.scene) return false
  // i'mport revised a failure, or the customer had an account to pay into.
  if ([failedIn, accountIn].some((scene) => scene !== undefined && scene <= claim.scene)) return false
  return claim.at <= windowsClosedAt(stage, window.linkId) + undecidedMs
}

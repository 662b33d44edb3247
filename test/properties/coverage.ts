/** How often the stories reached each situation: a situation that never occurs is not tested. */
export interface Coverage {
  paid: number
  refunded: number
  rejected: number
  crashes: number
  /** Reported as foreign; `paidElsewhere` are those of the order's amount. */
  foreign: number
  paidElsewhere: number
  /** Through a window whose permission had expired. */
  startedLate: number
  /** Kept although no mark came back. */
  keptAsLikely: number
  /** At a replaced price. */
  oldPriceKept: number
  oldPriceRejected: number
  tampered: number
  late: number
  /** Approved after a failure. */
  approvedAfterFailure: number
  /** Approved after an unknown status. */
  approvedAfterPending: number
  /** Orders with more attempts than i'mport lists by default, and at most. */
  longLists: number
  longestLists: number
  /** Found by the timers alone. */
  foundByTimer: number
  foundAfterDays: number
  refundsFound: number
  failedRefunds: number
  /** "Nothing was charged", final and not final. */
  claims: number
  soFar: number
  answers: Record<number, number>
}

export const emptyCoverage = (): Coverage => ({
  paid: 0,
  refunded: 0,
  rejected: 0,
  crashes: 0,
  foreign: 0,
  paidElsewhere: 0,
  startedLate: 0,
  keptAsLikely: 0,
  oldPriceKept: 0,
  oldPriceRejected: 0,
  tampered: 0,
  late: 0,
  approvedAfterFailure: 0,
  approvedAfterPending: 0,
  longLists: 0,
  longestLists: 0,
  foundByTimer: 0,
  foundAfterDays: 0,
  refundsFound: 0,
  failedRefunds: 0,
  claims: 0,
  soFar: 0,
  answers: {},
})

/** What the stories came to: a proof in which nothing happens proves nothing. */
export interface Heard {
  paid: number
  refunded: number
  rejected: number
  crashed: number
  /** Told as foreign, and of those the ones that make the order seem paid. */
  foreign: number
  paidElsewhere: number
  /** Through a window whose permission had ended. */
  startedLate: number
  /** Kept although no mark came back. */
  keptAsLikely: number
  /** Of a price that was replaced. */
  oldPriceKept: number
  oldPriceRefused: number
  tampered: number
  late: number
  /** Failed, and approved all the same. */
  changedMind: number
  /** In a status that nobody knows, and approved then. */
  hesitated: number
  /** Orders with more attempts than upstream gives without being asked, and than it ever gives at once. */
  longLists: number
  longestLists: number
  /** Found by the timers alone. */
  foundByTimer: number
  foundAfterDays: number
  refundsFound: number
  notReturned: number
  /** "Nothing was charged", for good and so far. */
  claims: number
  soFar: number
  answers: Record<number, number>
}

export const nothingHeard = (): Heard => ({
  paid: 0,
  refunded: 0,
  rejected: 0,
  crashed: 0,
  foreign: 0,
  paidElsewhere: 0,
  startedLate: 0,
  keptAsLikely: 0,
  oldPriceKept: 0,
  oldPriceRefused: 0,
  tampered: 0,
  late: 0,
  changedMind: 0,
  hesitated: 0,
  longLists: 0,
  longestLists: 0,
  foundByTimer: 0,
  foundAfterDays: 0,
  refundsFound: 0,
  notReturned: 0,
  claims: 0,
  soFar: 0,
  answers: {},
})

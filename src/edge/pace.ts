import type { Answer } from './iamport/answer.ts'

/** After so many without an answer i'mport counts as away: each may have taken the whole time-out. */
const maxUnanswered = 3

/** How many questions are with i'mport at once: one more after each answer, one alone after none. */
export interface Pace {
  width(): number
  isAway(): boolean
  heard(answer: Answer<unknown>): void
}

export function createPace(maxWidth: number): Pace {
  let width = 1
  let unanswered = 0
  return {
    width: () => width,
    isAway: () => unanswered >= maxUnanswered,
    heard(answer) {
      const answered = answer.ok || answer.reason !== 'unreachable' || answer.unreadable !== undefined
      unanswered = answered ? 0 : unanswered + 1
      width = answered ? Math.min(maxWidth, width + 1) : 1
    },
  }
}

import type { Say } from '../../../contract/i18n/words.ts'
import type { Charge } from '../../flow/model.ts'

/** Whose sentences: of a bill, or of a registration. */
export type Group = 'open' | 'card'

const claims = {
  open: { none: 'claim.notCharged', so_far: 'claim.notChargedSoFar' },
  card: { none: 'claim.cardNotRegistered', so_far: 'claim.cardNotRegisteredSoFar' },
} as const

/** A sentence about a press that led to nothing, and beside it what is known of money. */
export function withClaim(text: string, say: Say, group: Group, charge: Charge): string {
  return charge === 'unknown' ? text : `${text} ${say(claims[group][charge])}`
}

export function unreachableText(say: Say, charge: Charge): string {
  const claim = {
    none: 'claim.notChargedYet',
    so_far: 'soFar.text',
    unknown: 'unreachable.ifPaid',
  } as const
  return `${say('unreachable.text')} ${say(claim[charge])}`
}

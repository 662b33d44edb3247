import type { Translate } from '../../../contract/i18n/words.ts'
import type { Charge } from '../../flow/model.ts'

/** Which texts apply: of a bill or of a registration. */
export type Group = 'open' | 'card'

const claims = {
  open: { none: 'claim.notCharged', so_far: 'claim.notChargedSoFar' },
  card: { none: 'claim.cardNotRegistered', so_far: 'claim.cardNotRegisteredSoFar' },
} as const

/** Appends what is known about the charge to an error text. */
export function withClaim(text: string, t: Translate, group: Group, charge: Charge): string {
  return charge === 'unknown' ? text : `${text} ${t(claims[group][charge])}`
}

export function unreachableText(t: Translate, charge: Charge): string {
  const claim = {
    none: 'claim.notChargedYet',
    so_far: 'soFar.text',
    unknown: 'unreachable.ifPaid',
  } as const
  return `${t('unreachable.text')} ${t(claim[charge])}`
}

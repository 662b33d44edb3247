// State of the card form: entries, validation, request. Pure.
import { type CardField, type CardProblem, checkCard, expiryOf } from '../../contract/cards/card-check.ts'
import type { CardRequest } from '../../contract/cards/card-view.ts'
import { digitsIn } from './typing.ts'

export interface Entries {
  number: string
  expiry: string
  birth: string
  password: string
  terms: boolean
  privacy: boolean
}

export const noEntries: Entries = {
  number: '',
  expiry: '',
  birth: '',
  password: '',
  terms: false,
  privacy: false,
}

/** In form order: focus goes to the first invalid field. */
export const entryNames = ['number', 'expiry', 'birth', 'password', 'terms', 'privacy'] as const
export type EntryName = (typeof entryNames)[number]

export type Problems = Partial<Record<CardField, CardProblem> & Record<'terms' | 'privacy', 'missing'>>

const digitsOf = ({ number, expiry, birth, password }: Entries) => ({
  number: digitsIn(number),
  expiry: digitsIn(expiry),
  birth: digitsIn(birth),
  password: digitsIn(password),
})

/** @param now the edge's clock, in unix milliseconds */
export function checkEntries(entries: Entries, now: number): Problems {
  return {
    ...checkCard(digitsOf(entries), now),
    ...(!entries.terms && { terms: 'missing' }),
    ...(!entries.privacy && { privacy: 'missing' }),
  }
}

/** Only for valid entries. */
export function requestOf(entries: Entries, now: number): CardRequest {
  const { expiry, ...digits } = digitsOf(entries)
  const { terms, privacy } = entries
  return { ...digits, expiry: expiryOf(expiry, now) ?? '', terms, privacy }
}

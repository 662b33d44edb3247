import { z } from 'zod'

/** A card as sent to REST. Only its masked form is stored. */
export interface Card {
  number: string
  /** `YYYY-MM` */
  expiry: string
  password: string | null
}

const emptyToNull = (value: unknown) => (value === '' ? null : value)

/** Upstream requires the dashes; American Express numbers are grouped 4-6-5. */
export const cardShape = z.object({
  card_number: z.string().regex(/^(\d{4}-\d{4}-\d{4}-\d{4}|\d{4}-\d{6}-\d{5})$/),
  expiry: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  birth: z.preprocess(
    emptyToNull,
    z
      .string()
      .regex(/^(\d{6}|\d{10})$/)
      .nullish(),
  ),
  pwd_2digit: z.preprocess(
    emptyToNull,
    z
      .string()
      .regex(/^\d{2}$/)
      .nullish(),
  ),
})

export function toCard({ card_number, expiry, pwd_2digit }: z.output<typeof cardShape>): Card {
  return { number: card_number.replaceAll('-', ''), expiry, password: pwd_2digit ?? null }
}

/** ISO/IEC 7812-1, Annex B. */
function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const twice = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (twice > 9 ? twice - 9 : twice)
  }, 0)
  return sum % 10 === 0
}

/** Test numbers of declined cards; any other number that passes the Luhn check is accepted. */
const refusedNumbers: Record<string, string> = {
  '4000000000000002': '[카드거절] 카드사에서 승인하지 않은 카드예요.',
  '4000000000000069': '[유효기간오류] 유효기간이 지난 카드예요.',
  '4000000000000127': '[비밀번호오류] 비밀번호가 맞지 않아요.',
}

/** Registers successfully; every payment with it is declined. */
const insufficientFundsNumber = '4000000000009995'

const koreaOffset = 9 * 3_600_000

/** Decline message for the card, or null when it is accepted. */
export function findCardError({ number, expiry }: Card, now: number): string | null {
  if (!passesLuhn(number)) return '[카드번호오류] 카드번호가 올바르지 않아요.'
  const month = new Date(now + koreaOffset).toISOString().slice(0, 7)
  if (expiry < month) return '[유효기간오류] 유효기간이 지난 카드예요.'
  return refusedNumbers[number] ?? null
}

export const hasInsufficientFunds = (number: string): boolean => number === insufficientFundsNumber

export const insufficientFundsMessage = '[한도초과] 카드 한도를 넘어 승인되지 않았어요.'

const issuers = [
  { code: '366', name: '신한카드' },
  { code: '381', name: '국민카드' },
  { code: '361', name: 'BC카드' },
  { code: '365', name: '삼성카드' },
] as const

export interface MaskedCard {
  card_name: string
  card_code: string
  card_number: string
  card_type: 0 | 1
}

/** The stored form of a card: its issuer, the first six and the last four digits. */
export function maskCard(number: string): MaskedCard {
  const issuer = issuers[Number(number.at(-1)) % issuers.length] ?? issuers[0]
  const hidden = '*'.repeat(number.length - 10)
  return {
    card_name: issuer.name,
    card_code: issuer.code,
    card_number: `${number.slice(0, 6)}${hidden}${number.slice(-4)}`,
    card_type: 0,
  }
}

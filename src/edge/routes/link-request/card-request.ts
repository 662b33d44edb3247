// The body of `POST /links/{id}/card`. Holds card data: no response, error or log line may repeat any of it.
import { z } from 'zod'
import {
  checkBirth,
  checkExpiry,
  checkNumber,
  checkPassword,
  groupsOf,
} from '../../../contract/cards/card-check.ts'
import type { FieldError } from '../../domain/field-error.ts'
import { visitorSchema } from '../../features/page-view/visitor.ts'
import type { WireCard } from '../../iamport/cards.ts'

const digits = (name: string) =>
  z.string({ error: `${name} must be text` }).max(20, { error: `${name} is too long` })
const agreed = (name: string) => z.literal(true, { error: `${name} must be agreed to` })

/** Checks types, and documents /openapi.json; errors name the field, never its value. */
export const cardSchema = z.object({
  number: digits('number').meta({ description: 'Digits only', example: '4242424242424242' }),
  expiry: digits('expiry').meta({ description: 'YYYY-MM', example: '2030-12' }),
  birth: digits('birth').meta({
    description: 'YYMMDD, or the 10 digits of a business registration number',
    example: '900101',
  }),
  password: digits('password').meta({ description: 'First two digits', example: '12' }),
  terms: agreed('terms'),
  privacy: agreed('privacy'),
  visitor: visitorSchema,
})

export type ReadCard =
  | { ok: true; card: WireCard; visitor: string | undefined }
  | { ok: false; problems: FieldError[] }

export function readCard(body: Record<string, unknown>, now: number): ReadCard {
  const parsed = cardSchema.safeParse(body)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      path: String(path[0] ?? ''),
      message,
    }))
    return { ok: false, problems }
  }
  const { number, expiry, birth, password, visitor } = parsed.data
  const checks = {
    number: checkNumber(number),
    expiry: checkExpiry(expiry, now),
    birth: checkBirth(birth),
    password: checkPassword(password),
  }
  const problems = Object.entries(checks).flatMap(([path, problem]) =>
    problem ? [{ path, message: `${path} is ${problem}` }] : [],
  )
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, visitor, card: { card_number: grouped(number), expiry, birth, pwd_2digit: password } }
}

function grouped(number: string): string {
  let at = 0
  return groupsOf(number)
    .map((length) => {
      at += length
      return number.slice(at - length, at)
    })
    .join('-')
}

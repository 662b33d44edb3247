import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type MessageFields,
  type MessageRequestContext,
  readMessageRequest,
} from '../../src/edge/features/messages/message-request.ts'
import { planMessages } from '../../src/edge/features/messages/plan-messages.ts'
import { mailboxOf, readEmail, readPhone } from '../../src/edge/platform/network/email-and-phone.ts'
import { start } from '../edge/support/shop.ts'
import { day, hour, minute } from './messenger.ts'

const context: MessageRequestContext = {
  now: start,
  expiresAt: start + 3 * day,
  language: 'ko',
  ways: { email: true, phone: (number) => number.startsWith('+82') },
}
const customer = { email_address: 'hong@example.com', phone_number: '010-1234-5678' }
const iso = (at: number) => new Date(at).toISOString()
const read = (fields: MessageFields, differences: Partial<MessageRequestContext> = {}) =>
  readMessageRequest({ customer_details: customer, ...fields }, { ...context, ...differences })
const wishOf = (fields: MessageFields) => {
  const result = read(fields)
  return result.ok ? result.request : result.problems
}

test('no message is scheduled unless the merchant requests it', () => {
  expect(wishOf({})).toBeUndefined()
  expect(wishOf({ notify_by_email: false, notify_by_phone: false, send_immediately: true })).toBeUndefined()
})

test('by default a link is sent at once and a receipt after the payment', () => {
  expect(wishOf({ notify_by_email: true })).toEqual({
    email: 'hong@example.com',
    language: 'ko',
    send: { at: start },
    remind: undefined,
    receipt: true,
  })
  expect(wishOf({ notify_by_phone: true, send_immediately: true })).toMatchObject({ phone: '+821012345678' })
})

test('the billing contact is used if no other customer is given', () => {
  const billing_details = { billing_email: 'kim@example.com', billing_phone: '+821087654321' }
  const asked = { notify_by_email: true, notify_by_phone: true, billing_details }
  expect(wishOf({ ...asked, customer_details: { email_address: 'a@b.kr' } })).toMatchObject({
    email: 'a@b.kr',
    phone: '+821087654321',
  })
})

test('the link is sent at the scheduled time, and the reminder is timed back from the expiry', () => {
  const fields = {
    notify_by_email: true,
    send_immediately: false,
    scheduled_date: iso(start + day),
    reminder_time: 90,
    reminder_time_unit: 'minutes',
  }
  expect(wishOf(fields)).toMatchObject({ send: { at: start + day }, remind: { before_ms: 90 * minute } })
})

test.each([
  ['minutes', minute],
  ['hours', hour],
  ['days', day],
  ['Hour', hour],
  [' DAY ', day],
])('%s are a valid unit of the reminder', (reminder_time_unit, before_ms) => {
  expect(wishOf({ notify_by_email: true, reminder_time: 1, reminder_time_unit })).toMatchObject({
    remind: { before_ms },
  })
})

const wrong: [string, MessageFields, string][] = [
  [
    'a schedule together with send_immediately',
    { send_immediately: true, scheduled_date: iso(start + hour) },
    'scheduled_date',
  ],
  ['neither a schedule nor send_immediately', { send_immediately: false }, 'scheduled_date'],
  ['a schedule in the past', { scheduled_date: iso(start - 1) }, 'scheduled_date'],
  ['a schedule at the expiry', { scheduled_date: iso(start + 3 * day) }, 'scheduled_date'],
  ['a schedule without a time zone', { scheduled_date: '2030-03-19T10:00:00' }, 'scheduled_date'],
  ['a schedule that is not a date', { scheduled_date: 'tomorrow' }, 'scheduled_date'],
  ['a reminder without a unit', { reminder_time: 2 }, 'reminder_time_unit'],
  ['an unknown unit', { reminder_time: 2, reminder_time_unit: 'months' }, 'reminder_time_unit'],
  [
    'a reminder that is not a number',
    { reminder_time: Number.POSITIVE_INFINITY, reminder_time_unit: 'hours' },
    'reminder_time',
  ],
  ['a negative reminder', { reminder_time: -1, reminder_time_unit: 'hours' }, 'reminder_time'],
  [
    'a reminder before the sending of the link',
    { reminder_time: 3, reminder_time_unit: 'days' },
    'reminder_time',
  ],
  [
    'a reminder before the scheduled sending',
    { scheduled_date: iso(start + 2 * day), reminder_time: 24, reminder_time_unit: 'hours' },
    'reminder_time',
  ],
  ['no e-mail address', { customer_details: {} }, 'notify_by_email'],
  [
    'two e-mail addresses in one field',
    { customer_details: { email_address: 'a@b.kr,c@d.kr' } },
    'customer_details.email_address',
  ],
  [
    'no telephone number',
    { notify_by_phone: true, customer_details: { email_address: 'a@b.kr' } },
    'notify_by_phone',
  ],
  [
    'a foreign number that no transport reaches',
    { notify_by_phone: true, customer_details: { ...customer, phone_number: '+1 202 555 0123' } },
    'customer_details.phone_number',
  ],
]
test.each(wrong)('a message request with %s is refused by field name', (_, fields, path) => {
  const result = read({ notify_by_email: true, ...fields })
  expect(result.ok).toBe(false)
  if (!result.ok) {
    expect(result.problems.map((problem) => problem.path)).toEqual([path])
    expect(result.problems[0]?.message).toMatch(new RegExp(`^${path} (must|is|needs) `))
  }
})

test('a message request without a configured transport is refused when the link is created', () => {
  const fields = { notify_by_email: true, notify_by_phone: true }
  const result = read(fields, { ways: { email: false, phone: false } })
  expect(result.ok ? [] : result.problems.map(({ message }) => message)).toEqual([
    'notify_by_email is not possible: this Dari has no MAIL_FROM',
    'notify_by_phone is not possible: this Dari has no SMS_FROM',
  ])
})

describe('the e-mail address', () => {
  test.each(['a@b.kr', 'hong.gil+dari@sub.example.co.kr', "o'neil@example.com", ' a@b.kr '])(
    '%s is valid',
    (text) => {
      expect(readEmail(text)).toBe(text.trim())
    },
  )
  const others = [
    '',
    'a',
    'a@b',
    '@b.kr',
    'a@b.kr\r\nBcc: c@d.kr',
    'a@b.kr c@d.kr',
    '<a@b.kr>',
    'a@b.kr;c@d.kr',
    'a..b@c.kr',
    `${'a'.repeat(65)}@b.kr`,
    'a@[127.0.0.1]',
    'a@-b.kr',
    '홍@b.kr',
  ]
  test.each(others)('%j is invalid', (text) => {
    expect(readEmail(text)).toBeUndefined()
  })
  test('can never inject a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (one, other) => {
        const read = readEmail(`${one}@${other}.kr`)
        if (read !== undefined) expect(read).toMatch(/^[^\s<>,;:"()\p{Cc}]+@[^\s<>,;:"()\p{Cc}]+$/u)
      }),
    )
  })
})

describe('a telephone number', () => {
  test.each([
    ['010-1234-5678', '+821012345678'],
    ['01012345678', '+821012345678'],
    ['+82 10-1234-5678', '+821012345678'],
    ['+82 (0)10 1234 5678', '+821012345678'],
    ['02-123-4567', '+8221234567'],
    ['+918767677665', '+918767677665'],
  ])('%s is normalized to %s', (text, number) => {
    expect(readPhone(text)).toBe(number)
  })
  test.each(['', '1234', '+0123456789', '010-1234-5678; rm', 'call me', '8210123456789012345'])(
    '%j is invalid',
    (text) => {
      expect(readPhone(text)).toBeUndefined()
    },
  )
})

test('planned messages lie between now and the expiry, the reminder after the link, one of each kind', async () => {
  const fields = fc.record({
    notify_by_email: fc.boolean(),
    notify_by_phone: fc.boolean(),
    scheduled_date: fc
      .option(fc.integer({ min: -hour, max: 4 * day }), { nil: undefined })
      .map((after) => (after === undefined ? undefined : iso(start + after))),
    reminder_time: fc.option(fc.nat(100), { nil: undefined }),
    reminder_time_unit: fc.constantFrom('minutes', 'hours', 'days', undefined),
  })
  const secret = { tokenSecret: 's'.repeat(32) }
  await fc.assert(
    fc.asyncProperty(fields, async (given) => {
      const result = read(given)
      if (!result.ok) return
      const link = { id: 'l', move_id: 'm', expires_at: context.expiresAt }
      const messages = await planMessages(secret, result.request, link, start)
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length)
      expect(messages.length > 0).toBe(given.notify_by_email || given.notify_by_phone)
      for (const channel of ['email', 'phone'] as const) {
        const own = messages.filter((message) => message.channel === channel)
        const due = (kind: string) => own.find((message) => message.kind === kind)?.due_at
        if (own.length === 0) continue
        const [sent, reminded] = [due('link') ?? Number.NaN, due('reminder')]
        expect(sent >= start && sent < context.expiresAt).toBe(true)
        if (reminded) expect(reminded > sent && reminded < context.expiresAt).toBe(true)
        expect(due('receipt')).toBeNull()
      }
    }),
  )
})

test('a recipient’s stored hash reveals no address, and differs between installations', async () => {
  const request = {
    email: 'hong@example.com',
    language: 'ko' as const,
    send: { at: start },
    remind: undefined,
    receipt: false,
  }
  const link = { id: 'l', move_id: 'm', expires_at: start + day }
  const named = async (tokenSecret: string) =>
    (await planMessages({ tokenSecret }, request, link, start))[0]?.recipient
  expect(await named('one')).toBe(await named('one'))
  expect(await named('one')).not.toBe(await named('another'))
})

test.each([
  ['Kim+shop@Example.com', 'kim@example.com'],
  ['k.im@example.com', 'k.im@example.com'],
  ['k.i.m+1+2@gmail.com', 'kim@gmail.com'],
  ['kim@googlemail.com', 'kim@gmail.com'],
  ['+@example.com', '+@example.com'],
  ['+821012345678', '+821012345678'],
])('%s is rate-limited as %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox)
})

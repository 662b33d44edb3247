import { describe, expect, test } from 'vitest'
import { webhookKey } from '../../../src/edge/config/webhook-secret.ts'
import {
  firstInquiryAt,
  nextInquiryAt,
  nextRefundAttemptAt,
  refundWatchMs,
  scheduleAfter,
} from '../../../src/edge/domain/payments/reconcile-schedule.ts'
import { nextAttemptAt } from '../../../src/edge/platform/concurrency/backoff.ts'
import { start } from '../support/start.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

describe('the reconciler asks i’mport about a link', () => {
  const until = start + 70 * minute
  test('from a minute after its window may have opened until an hour after it may last be open', () => {
    expect(firstInquiryAt(start, start + 10 * minute)).toEqual({ askAt: start + minute, until })
  })
  test('with growing intervals, the last time when no payment can follow', () => {
    const times = [start + minute]
    for (let asks = 1; asks < 5; asks++)
      times.push(nextInquiryAt({ asks, until }, 'open', times.at(-1) ?? 0, 1))
    expect(times.map((at) => Math.round((at - start) / minute))).toEqual([1, 3, 8, 23, 70])
  })
  test('rarely while a deposit is awaited, and once after the account expired', () => {
    const due = start + 20 * hour
    expect(nextInquiryAt({ asks: 1, until: due }, 'awaiting_deposit', start, 1)).toBe(start + 6 * hour)
    expect(nextInquiryAt({ asks: 9, until: due }, 'awaiting_deposit', due - hour, 1)).toBe(due)
  })
  test('once a day for a week while a paid link may be refunded', () => {
    expect(refundWatchMs).toBe(7 * day)
    expect(nextInquiryAt({ asks: 1, until: start + 7 * day }, 'paid', start, 1)).toBe(start + day)
  })
  test('every hour after a failed inquiry', () => {
    expect(nextInquiryAt({ asks: 50, until }, 'open', until, 1)).toBe(until + hour)
  })
  test('with jitter that never delays an inquiry', () => {
    const at = (chance: number) => nextInquiryAt({ asks: 3, until }, 'open', start, chance) - start
    expect([at(0), at(1)]).toEqual([12 * minute, 15 * minute])
  })
})

describe('after an answer of i’mport the reconciler', () => {
  const until = start + hour
  test('asks again as planned while a payment may still come', () => {
    expect(scheduleAfter(until, true, until - 1, 1)).toBe('as planned')
    expect(scheduleAfter(until, false, until - 1, 1)).toBe('as planned')
  })
  test('stops asking once all is decided', () => {
    expect(scheduleAfter(until, true, until, 1)).toBe('ends')
  })
  test('asks once a day for 14 days while a payment is undecided', () => {
    expect(scheduleAfter(until, false, until, 1)).toBe(until + day)
    expect(scheduleAfter(until, false, until + 14 * day - 1, 1)).toBe(until + 15 * day - 1)
    expect(scheduleAfter(until, false, until + 14 * day, 1)).toBe('ends')
  })
})

test('a refused refund is retried with backoff', () => {
  const pauses = [1, 2, 3, 4, 5, 99].map(
    (tries) => (nextRefundAttemptAt({ tries, since: start }, start, 1) - start) / minute,
  )
  expect(pauses).toEqual([5, 30, 120, 360, 1440, 1440])
  // After a day the merchant is told whether the refund succeeded.
  const since = start - 23 * hour
  expect((nextRefundAttemptAt({ tries: 9, since }, start, 1) - start) / minute).toBe(60)
  // From then on it is retried once a day.
  for (const days of [1, 3])
    expect(nextRefundAttemptAt({ tries: 9, since: start - days * day }, start, 1)).toBe(start + day)
})

test('a failed delivery is retried with backoff for a day', () => {
  let at: number | null = start
  const pauses: number[] = []
  for (let attempts = 1; at !== null; attempts++) {
    const next = nextAttemptAt(attempts, start, at, 0.5)
    if (next !== null) pauses.push((next - at) / 1000)
    at = next
  }
  expect(pauses.slice(0, 8)).toEqual([5, 15, 45, 135, 405, 1215, 3645, 7200])
  expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThan(22 * 3600)
  expect(pauses.reduce((sum, pause) => sum + pause)).toBeLessThanOrEqual(24 * 3600)
})

describe('the secret for signing events', () => {
  test('may be base64 behind whsec_, or plain text', () => {
    expect(webhookKey(`whsec_${btoa('x'.repeat(24))}`)).toEqual(new TextEncoder().encode('x'.repeat(24)))
    expect(webhookKey('비밀'.repeat(12))).toEqual(new TextEncoder().encode('비밀'.repeat(12)))
  })
  test.each(['', 'short', 'x'.repeat(23), `whsec_${btoa('x'.repeat(23))}`, 'whsec_!!!', 'whsec_'])(
    'may not be %j',
    (secret) => expect(webhookKey(secret)).toBeUndefined(),
  )
})

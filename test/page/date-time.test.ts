import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDateTime } from '../../src/contract/date-time.ts'

test.each([
  ['2026-11-20T06:00:00Z', 'ko', 'Asia/Seoul', '2026년 11월 20일 (금) 오후 3:00'],
  ['2026-11-20T06:00:00Z', 'en', 'Asia/Seoul', 'Fri, 20 Nov 2026, 3:00 pm KST'],
  ['2026-11-19T15:05:00Z', 'ko', 'Asia/Seoul', '2026년 11월 20일 (금) 오전 12:05'],
  ['2026-11-20T03:00:00Z', 'en', 'Asia/Seoul', 'Fri, 20 Nov 2026, 12:00 pm KST'],
  ['2026-11-20T06:00:00Z', 'ko', 'America/New_York', '2026년 11월 20일 (금) 오전 1:00 (GMT-5)'],
  ['2026-11-20T06:00:00Z', 'en', 'America/New_York', 'Fri, 20 Nov 2026, 1:00 am EST'],
] as const)('formatDateTime formats %s in %s for %s', (iso, language, zone, expected) => {
  expect(formatDateTime(iso, language, zone)).toBe(expected)
})

test('formatDateTime shows the same local time as Intl in every time zone', () => {
  const zones = ['Asia/Seoul', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Europe/London', 'UTC']
  const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
      const formatted = formatDateTime(at.toISOString(), 'en', zone)
      const reference = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        dateStyle: 'full',
        timeStyle: 'short',
      }).format(at)
      const [, weekday, month, day, year, time, half] =
        /^(\w{3})\w*, (\w{3})\w* (\d+), (\d+) at (\d+:\d+)\s(\w\w)$/u.exec(reference) ?? []
      expect(formatted).toContain(`${weekday}, ${day} ${month} ${year}, ${time} ${half?.toLowerCase()} `)
    }),
  )
})

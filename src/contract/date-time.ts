import type { Language } from './language.ts'

/** Default time zone of a bill. */
export const homeZone = 'Asia/Seoul'

/** Minutes, as `Date.getTimezoneOffset` counts. Korea has had no summer time since 1988. */
export const homeOffset = -9 * 60

const koreanDays = ['일', '월', '화', '수', '목', '금', '토']
const englishDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * Formats an absolute time: `2026년 11월 20일 (금) 오후 3:00`, `Fri, 20 Nov 2026, 3:00 pm KST`. Built by hand because
 * edge and browser must produce identical text and their locale data differ.
 */
export function formatDateTime(iso: string, language: Language, zone: string): string {
  const at = new Date(iso)
  const { offset, name } = zone === homeZone ? korea : zoneAt(at, language, zone)
  // Shifted so that the UTC getters return the zone's local time.
  const clock = new Date(at.getTime() - offset * 60_000)
  const year = clock.getUTCFullYear()
  const month = clock.getUTCMonth()
  const day = clock.getUTCDate()
  const weekday = clock.getUTCDay()
  const hours = clock.getUTCHours()
  const time = `${hours % 12 || 12}:${String(clock.getUTCMinutes()).padStart(2, '0')}`
  if (language === 'ko') {
    const named = zone === homeZone ? '' : ` (${name})`
    return `${year}년 ${month + 1}월 ${day}일 (${koreanDays[weekday]}) ${hours < 12 ? '오전' : '오후'} ${time}${named}`
  }
  return `${englishDays[weekday]}, ${day} ${englishMonths[month]} ${year}, ${time} ${hours < 12 ? 'am' : 'pm'} ${name}`
}

interface Zone {
  offset: number
  name: string | undefined
}

/** The first use of Intl is slow on phones, so Korean time avoids it. */
const korea: Zone = { offset: homeOffset, name: 'KST' }

function zoneAt(at: Date, language: Language, zone: string): Zone {
  const partOf = (style: 'longOffset' | 'shortOffset' | 'short') =>
    new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: style })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):(\d\d)/.exec(partOf('longOffset') ?? '') ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? 1 : -1)
  return { offset, name: partOf(language === 'ko' ? 'shortOffset' : 'short') }
}

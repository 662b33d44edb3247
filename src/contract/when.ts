import type { Language } from './language.ts'

/** Where a bill is read unless the browser says otherwise. */
export const homeZone = 'Asia/Seoul'

const koreanDays: Record<string, string> = {
  Sun: '일',
  Mon: '월',
  Tue: '화',
  Wed: '수',
  Thu: '목',
  Fri: '금',
  Sat: '토',
}

/**
 * An absolute time as its reader writes it: `2026년 11월 20일 (금) 오후 3:00`,
 * `Fri, 20 Nov 2026, 3:00 pm KST`. Put together by hand from Intl's parts, because edge and browser
 * must agree to the letter and their locale data do not.
 */
export function formatWhen(iso: string, language: Language, zone: string): string {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatOf(language, zone).formatToParts(new Date(iso))) parts[type] = value
  const { year, month, day, weekday = '', hour, minute, dayPeriod, timeZoneName } = parts
  const afternoon = dayPeriod?.toLowerCase() === 'pm'
  if (language === 'ko') {
    const named = zone === homeZone ? '' : ` (${timeZoneName})`
    return `${year}년 ${month}월 ${day}일 (${koreanDays[weekday]}) ${afternoon ? '오후' : '오전'} ${hour}:${minute}${named}`
  }
  const named = zone === homeZone ? 'KST' : timeZoneName
  return `${weekday}, ${day} ${month} ${year}, ${hour}:${minute} ${afternoon ? 'pm' : 'am'} ${named}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** To make one takes longer than to render the rest of a bill. */
function formatOf(language: Language, zone: string): Intl.DateTimeFormat {
  const key = `${language} ${zone}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: language === 'ko' ? 'numeric' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
    timeZoneName: language === 'ko' ? 'shortOffset' : 'short',
  })
  formats.set(key, format)
  return format
}

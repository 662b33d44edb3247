import type { Bill, OpenLink } from '../../../contract/links/link-view.ts'
import { usePage } from '../page-context.ts'

const minuteMs = 60_000

/** Due time; in the last hour also the minutes left, by the edge's clock. */
export function TimeLeft({ view }: { view: OpenLink }) {
  const { locale, device } = usePage()
  const { t, dateTime } = locale
  const minutes = minutesLeft(view, device.age)
  return (
    <p class="minor">
      <time dateTime={view.expires_at}>{t('bill.payBy', { date: dateTime(view.expires_at) })}</time>
      {minutes !== null && (
        <strong class="left">
          {minutes < 1 ? t('bill.lastMinute') : t('bill.minutesLeft', { minutes })}
        </strong>
      )}
    </p>
  )
}

/**
 * Whole minutes left in the last hour, else null.
 * @param ageMs since the edge created the view
 */
function minutesLeft({ expires_at, now }: Bill, ageMs: number): number | null {
  const minutes = Math.floor((Date.parse(expires_at) - Date.parse(now) - ageMs) / minuteMs)
  return minutes < 60 ? minutes : null
}

import type { OpenLink } from '../../contract/link-view.ts'
import { usePage } from '../page.ts'

const minuteMs = 60_000

/** Until when the link can be paid; in its last hour, how long that still is by the edge's clock. */
export function TimeLeft({ view }: { view: OpenLink }) {
  const { reader, device } = usePage()
  const { say, when } = reader
  const leftMs = Date.parse(view.expires_at) - Date.parse(view.now) - device.age
  const minutes = Math.floor(leftMs / minuteMs)
  return (
    <p class="minor">
      <time dateTime={view.expires_at}>{say('bill.payBy', { date: when(view.expires_at) })}</time>
      {minutes < 60 && (
        <strong class="left">
          {minutes < 1 ? say('bill.lastMinute') : say('bill.minutesLeft', { minutes })}
        </strong>
      )}
    </p>
  )
}

import type { OpenLink } from '../../../contract/links/link-view.ts'
import { usePage } from '../page-context.ts'
import { minutesLeft } from './minutes-left.ts'

/** Until when the link can be paid; in its last hour, how long that still is by the edge's clock. */
export function TimeLeft({ view }: { view: OpenLink }) {
  const { reader, device } = usePage()
  const { say, when } = reader
  const minutes = minutesLeft(view, device.age)
  return (
    <p class="minor">
      <time dateTime={view.expires_at}>{say('bill.payBy', { date: when(view.expires_at) })}</time>
      {minutes !== null && (
        <strong class="left">
          {minutes < 1 ? say('bill.lastMinute') : say('bill.minutesLeft', { minutes })}
        </strong>
      )}
    </p>
  )
}

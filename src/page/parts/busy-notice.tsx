import type { OpenLink } from '../../contract/link-view.ts'
import { usePage } from '../page.ts'

/** Somebody else may be paying right now. Nobody is stopped: that window may have been left. */
export function BusyNotice({ view }: { view: OpenLink }) {
  const { say } = usePage().reader
  if (!view.busy) return null
  return (
    <div class="notice">
      <p>{say('open.busy')}</p>
    </div>
  )
}

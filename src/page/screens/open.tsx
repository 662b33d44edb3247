import type { OpenLink } from '../../contract/links/link-view.ts'
import { Methods } from '../components/bill/methods.tsx'
import { PayBar } from '../components/bill/pay-bar.tsx'
import { BusyNotice } from '../components/notices/busy-notice.tsx'
import { InAppNotice } from '../components/notices/in-app-notice.tsx'
import { OtherDevice } from '../components/notices/other-device.tsx'
import { usePage } from '../components/page-context.ts'
import { Leave } from '../extras/leave.tsx'
import type { Desk } from '../flow/model.ts'
import { BillSummary } from './bill-summary.tsx'

/** The bill, the methods, the button. */
export function OpenScreen({ view, desk }: { view: OpenLink; desk: Desk }) {
  const { reader, tell } = usePage()
  return (
    <form
      class="sheet"
      onSubmit={(submit) => {
        submit.preventDefault()
        tell({ type: 'pressed' })
      }}
    >
      <div class="left-column">
        <BillSummary view={view} />
        <OtherDevice />
      </div>
      <div class="right-column">
        {view.busy && <BusyNotice text={reader.say('open.busy')} />}
        <InAppNotice />
        {import.meta.env.EXTRAS && view.extras && <Leave view={view} />}
        {!view.direct && <Methods view={view} chosen={desk.method} />}
        <PayBar view={view} desk={desk} />
      </div>
    </form>
  )
}

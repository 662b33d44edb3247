import type { OpenLink } from '../../contract/links/link-view.ts'
import { Leave } from '../extras/leave.tsx'
import type { Desk } from '../flow/model.ts'
import { usePage } from '../page.ts'
import { BillSummary } from '../parts/bill-summary.tsx'
import { BusyNotice } from '../parts/busy-notice.tsx'
import { InAppNotice } from '../parts/in-app-notice.tsx'
import { Methods } from '../parts/methods.tsx'
import { OtherDevice } from '../parts/other-device.tsx'
import { PayBar } from '../parts/pay-bar.tsx'

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

import type { OpenLink } from '../../contract/links/link-view.ts'
import { Methods } from '../components/bill/methods.tsx'
import { PayBar } from '../components/bill/pay-bar.tsx'
import { BusyNotice } from '../components/notices/busy-notice.tsx'
import { InAppNotice } from '../components/notices/in-app-notice.tsx'
import { OtherDevice } from '../components/notices/other-device.tsx'
import { usePage } from '../components/page-context.ts'
import { LeaveFrame } from '../extras/leave-frame.tsx'
import type { CheckoutState } from '../flow/model.ts'
import { BillSummary } from './bill-summary.tsx'

export function OpenScreen({ view, checkoutState }: { view: OpenLink; checkoutState: CheckoutState }) {
  const { locale, dispatch } = usePage()
  return (
    <form
      class="sheet"
      onSubmit={(submit) => {
        submit.preventDefault()
        dispatch({ type: 'pressed' })
      }}
    >
      <div class="left-column">
        <BillSummary view={view} />
        <OtherDevice />
      </div>
      <div class="right-column">
        {view.busy && <BusyNotice text={locale.t('open.busy')} />}
        <InAppNotice />
        {import.meta.env.EXTRAS && view.extras && <LeaveFrame view={view} />}
        {!view.direct && <Methods view={view} chosen={checkoutState.method} />}
        <PayBar view={view} checkoutState={checkoutState} />
      </div>
    </form>
  )
}

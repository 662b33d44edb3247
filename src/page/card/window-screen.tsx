// Registration in the gateway's window.
import { useContext } from 'preact/hooks'
import { Hint } from '../components/bill/hint.tsx'
import { Methods } from '../components/bill/methods.tsx'
import { SubmitButton } from '../components/bill/submit-button.tsx'
import { BusyNotice } from '../components/notices/busy-notice.tsx'
import { InAppNotice } from '../components/notices/in-app-notice.tsx'
import { usePage } from '../components/page-context.ts'
import { type CheckoutState, chargeOf } from '../flow/model.ts'
import { CardContext } from './context.ts'
import { Terms } from './terms.tsx'
import type { OpenCard } from './view.ts'

export function WindowScreen({ view, checkoutState }: { view: OpenCard; checkoutState: CheckoutState }) {
  const { locale, dispatch } = usePage()
  const { t } = locale
  const { ready } = useContext(CardContext)
  return (
    <form
      class="sheet"
      onSubmit={(submit) => {
        submit.preventDefault()
        dispatch({ type: 'pressed' })
      }}
    >
      <div class="left-column">
        <Terms view={view} />
      </div>
      <div class="right-column">
        {view.busy && <BusyNotice text={t('card.busy')} />}
        <InAppNotice />
        {!view.direct && <Methods view={view} chosen={checkoutState.method} />}
        <div class="pay">
          <Hint checkoutState={checkoutState} group="card" charge={chargeOf(view, checkoutState)} />
          <RegisterButton
            view={view}
            busy={checkoutState.pending}
            disabled={!ready || checkoutState.sdk === 'blocked'}
          />
        </div>
      </div>
    </form>
  )
}

export function RegisterButton({
  view,
  busy,
  disabled,
}: {
  view: OpenCard
  busy: boolean
  disabled: boolean
}) {
  const { t, money } = usePage().locale
  const { amount, currency } = view
  const text = amount > 0 ? t('card.registerAndPay', { amount: money(amount, currency) }) : t('card.register')
  return <SubmitButton {...{ text, busy, disabled }} noScript={t('card.noScript')} />
}

// Registering in the gateway's own window: the method, and the button.
import { useContext } from 'preact/hooks'
import { Hint } from '../components/bill/hint.tsx'
import { Methods } from '../components/bill/methods.tsx'
import { SubmitButton } from '../components/bill/submit-button.tsx'
import { BusyNotice } from '../components/notices/busy-notice.tsx'
import { InAppNotice } from '../components/notices/in-app-notice.tsx'
import { usePage } from '../components/page-context.ts'
import { chargeOf, type Desk } from '../flow/model.ts'
import { CardContext } from './context.ts'
import { Terms } from './terms.tsx'
import type { OpenCard } from './view.ts'

export function WindowScreen({ view, desk }: { view: OpenCard; desk: Desk }) {
  const { reader, tell } = usePage()
  const { say } = reader
  const { ready } = useContext(CardContext)
  return (
    <form
      class="sheet"
      onSubmit={(submit) => {
        submit.preventDefault()
        tell({ type: 'pressed' })
      }}
    >
      <div class="left-column">
        <Terms view={view} />
      </div>
      <div class="right-column">
        {view.busy && <BusyNotice text={say('card.busy')} />}
        <InAppNotice />
        {!view.direct && <Methods view={view} chosen={desk.method} />}
        <div class="pay">
          <Hint desk={desk} group="card" charge={chargeOf(view, desk)} />
          <RegisterButton view={view} busy={desk.wanted} disabled={!ready || desk.sdk === 'blocked'} />
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
  const { say, money } = usePage().reader
  const { amount, currency } = view
  const text =
    amount > 0 ? say('card.registerAndPay', { amount: money(amount, currency) }) : say('card.register')
  return <SubmitButton {...{ text, busy, disabled }} noScript={say('card.noScript')} />
}

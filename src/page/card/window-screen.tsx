// Registering in the gateway's own window: the method, and the button.
import { useContext } from 'preact/hooks'
import { chargeOf, type Desk } from '../flow/model.ts'
import { usePage } from '../page.ts'
import { BusyNotice } from '../parts/busy-notice.tsx'
import { Hint } from '../parts/hint.tsx'
import { InAppNotice } from '../parts/in-app-notice.tsx'
import { Methods } from '../parts/methods.tsx'
import { SubmitButton } from '../parts/submit-button.tsx'
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

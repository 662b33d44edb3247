// Registering in the gateway's own window: the method, and the button.
import { useContext } from 'preact/hooks'
import type { Say } from '../../contract/words/words.ts'
import type { Desk } from '../flow/model.ts'
import { usePage } from '../page.ts'
import { InAppNotice } from '../parts/in-app-notice.tsx'
import { Methods } from '../parts/methods.tsx'
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
        {view.busy && (
          <div class="notice">
            <p>{say('card.busy')}</p>
          </div>
        )}
        <InAppNotice />
        {!view.direct && <Methods view={view} chosen={desk.method} />}
        <div class="pay">
          <Hint desk={desk} />
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
  return (
    <>
      <button type="submit" class="primary" disabled={disabled} aria-busy={busy} aria-describedby="hint">
        {busy && <span class="spinner" />}
        {amount > 0 ? say('card.registerAndPay', { amount: money(amount, currency) }) : say('card.register')}
      </button>
      <noscript>{say('card.noScript')}</noscript>
    </>
  )
}

function Hint({ desk }: { desk: Desk }) {
  const { reader, tell } = usePage()
  const { say } = reader
  if (desk.sdk === 'blocked')
    return (
      <div class="notice" role="alert">
        <p>{say('card.sdkBlocked')}</p>
        <button type="button" class="quiet" onClick={() => tell({ type: 'again' })}>
          {say('open.retry')}
        </button>
      </div>
    )
  return (
    <p id="hint" class={`hint ${desk.trouble ? 'trouble' : ''}`} aria-live="polite">
      {hint(desk, say)}
    </p>
  )
}

function hint({ trouble, wanted, sdk }: Desk, say: Say): string {
  switch (trouble?.why) {
    case 'press_again':
      return say('open.pressAgain')
    case 'failed':
      return say('card.grantFailed')
    case 'refused':
      return say('card.grantRefused')
    case 'too_many':
      return say('open.tooMany', { seconds: trouble.seconds })
  }
  return wanted || sdk === 'loading' ? say('card.preparing') : say('card.secure')
}

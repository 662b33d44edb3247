import type { OpenLink } from '../../contract/link-view.ts'
import type { Say } from '../../contract/words/words.ts'
import type { Desk } from '../flow/model.ts'
import { usePage } from '../page.ts'

/** The button, and one line over it that says why it is not ready or what to trust. */
export function PayBar({ view, desk }: { view: OpenLink; desk: Desk }) {
  const { reader, tell } = usePage()
  const { say, money } = reader
  const busy = desk.wanted
  const blocked = desk.sdk === 'blocked'
  return (
    <div class="pay">
      {blocked ? (
        <div class="notice" role="alert">
          <p>{say('open.sdkBlocked')}</p>
          <button type="button" class="quiet" onClick={() => tell({ type: 'again' })}>
            {say('open.retry')}
          </button>
        </div>
      ) : (
        <p
          id="hint"
          class={`hint ${desk.trouble ? 'trouble' : ''}`}
          aria-live="polite"
          data-cut={say('unreachable.text')}
        >
          {hint(desk, say)}
        </p>
      )}
      <button type="submit" class="primary" disabled={blocked} aria-busy={busy} aria-describedby="hint">
        {busy && <span class="spinner" />}
        {say('open.pay', { amount: money(view.amount, view.currency) })}
      </button>
      <noscript>{say('app.noScript')}</noscript>
    </div>
  )
}

function hint({ trouble, wanted, sdk }: Desk, say: Say): string {
  switch (trouble?.why) {
    case 'press_again':
      return say('open.pressAgain')
    case 'failed':
      return say('open.grantFailed')
    case 'refused':
      return say('open.grantRefused')
    case 'too_many':
      return say('open.tooMany', { seconds: trouble.seconds })
  }
  return wanted || sdk === 'loading' ? say('open.preparing') : say('open.secure')
}

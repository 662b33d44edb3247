import type { OpenLink } from '../../../contract/links/link-view.ts'
import { chargeOf, type Desk } from '../../flow/model.ts'
import { unreachableText } from '../notices/not-charged.ts'
import { usePage } from '../page-context.ts'
import { Hint } from './hint.tsx'
import { SubmitButton } from './submit-button.tsx'

export function PayBar({ view, desk }: { view: OpenLink; desk: Desk }) {
  const { say, money } = usePage().reader
  const charge = chargeOf(view, desk)
  const unread = {
    cut: unreachableText(say, charge),
    confirming: `${say('confirming.heading')}. ${say('confirming.text')}`,
  }
  return (
    <div class="pay">
      <Hint {...{ desk, charge, unread }} group="open" />
      <SubmitButton
        text={say('open.pay', { amount: money(view.amount, view.currency) })}
        busy={desk.wanted}
        disabled={desk.sdk === 'blocked'}
        noScript={say('app.noScript')}
      />
    </div>
  )
}

import type { OpenLink } from '../../contract/link-view.ts'
import type { Desk } from '../flow/model.ts'
import { usePage } from '../page.ts'
import { Hint } from './hint.tsx'
import { SubmitButton } from './submit-button.tsx'

export function PayBar({ view, desk }: { view: OpenLink; desk: Desk }) {
  const { say, money } = usePage().reader
  return (
    <div class="pay">
      <Hint desk={desk} group="open" cut={say('unreachable.text')} />
      <SubmitButton
        text={say('open.pay', { amount: money(view.amount, view.currency) })}
        busy={desk.wanted}
        disabled={desk.sdk === 'blocked'}
        noScript={say('app.noScript')}
      />
    </div>
  )
}

import type { OpenLink } from '../../../contract/links/link-view.ts'
import { type CheckoutState, chargeOf } from '../../flow/model.ts'
import { unreachableText } from '../notices/charge-claims.ts'
import { usePage } from '../page-context.ts'
import { Hint } from './hint.tsx'
import { SubmitButton } from './submit-button.tsx'

export function PayBar({ view, checkoutState }: { view: OpenLink; checkoutState: CheckoutState }) {
  const { t, money } = usePage().locale
  const charge = chargeOf(view, checkoutState)
  const fallbackTexts = {
    unreachable: unreachableText(t, charge),
    confirming: `${t('confirming.heading')}. ${t('confirming.text')}`,
  }
  return (
    <div class="pay">
      <Hint {...{ checkoutState, charge, fallbackTexts }} group="open" />
      <SubmitButton
        text={t('open.pay', { amount: money(view.amount, view.currency) })}
        busy={checkoutState.pending}
        disabled={checkoutState.sdk === 'blocked'}
        noScript={t('app.noScript')}
      />
    </div>
  )
}

import type { Translate } from '../../../contract/i18n/words.ts'
import type { Charge, CheckoutState } from '../../flow/model.ts'
import { RetryButton } from '../elements/retry-button.tsx'
import { type Group, withClaim } from '../notices/charge-claims.ts'
import { usePage } from '../page-context.ts'

/**
 * Hint above the button.
 * @param fallbackTexts shown by the first script before the late script has loaded
 */
export function Hint({
  checkoutState,
  group,
  charge,
  fallbackTexts,
}: {
  checkoutState: CheckoutState
  group: Group
  charge: Charge
  fallbackTexts?: { unreachable: string; confirming: string }
}) {
  const { t } = usePage().locale
  return checkoutState.sdk === 'blocked' ? (
    <div class="notice" role="alert">
      <p>{withClaim(t(`${group}.sdkBlocked`), t, group, charge)}</p>
      <RetryButton variant="quiet" text={t('open.retry')} />
    </div>
  ) : (
    <p
      id="hint"
      class={`hint ${checkoutState.trouble ? 'trouble' : ''}`}
      aria-live="polite"
      data-unreachable={fallbackTexts?.unreachable}
      data-confirming={fallbackTexts?.confirming}
    >
      {hintText(checkoutState, group, charge, t)}
    </p>
  )
}

function hintText(
  { trouble, pending, sdk }: CheckoutState,
  group: Group,
  charge: Charge,
  t: Translate,
): string {
  switch (trouble?.reason) {
    case 'press_again':
      return t('open.pressAgain')
    case 'popup_blocked':
      return withClaim(t(`${group}.popupBlocked`), t, group, charge)
    case 'failed':
      return withClaim(t(`${group}.grantFailed`), t, group, charge)
    case 'refused':
      return withClaim(t(`${group}.grantRefused`), t, group, charge)
    case 'too_many':
      return t('open.tooMany', { seconds: trouble.seconds })
  }
  return t(pending || sdk === 'loading' ? `${group}.preparing` : `${group}.secure`)
}

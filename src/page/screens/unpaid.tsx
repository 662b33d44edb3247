// Screens after an attempt that took no money or was refunded.

import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'
import { isCurrencyCode } from '../../contract/money/currency.ts'
import { billFacts, orderFacts } from '../components/bill/bill-facts.ts'
import { RetryButton } from '../components/elements/retry-button.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { FailureReason } from '../components/notices/failure-reason.tsx'
import { usePage } from '../components/page-context.ts'
import type { CheckoutState, Rejected, WindowFailure } from '../flow/model.ts'

interface AttemptProps {
  view: OpenLink
  checkoutState: CheckoutState
}

export function DeclinedScreen({ view, checkoutState: { charge } }: AttemptProps) {
  const { locale } = usePage()
  const { t } = locale
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={t('declined.heading')}
      text={t(charge === 'so_far' ? 'soFar.text' : 'declined.text')}
      facts={billFacts(locale, view)}
    >
      <RetryButton variant={charge === 'so_far' ? 'secondary' : 'primary'} text={t('declined.again')} />
    </StatusScreen>
  )
}

/** @param failure the SDK's reason */
export function CancelledScreen({
  view,
  checkoutState: { charge },
  failure,
}: AttemptProps & { failure?: WindowFailure | undefined }) {
  const { locale } = usePage()
  const { t } = locale
  if (failure)
    return (
      <StatusScreen
        glyph="alert"
        tone="problem"
        heading={t(failure.shown ? 'failed.heading' : 'failed.notOpenedHeading')}
        text={charge === 'unknown' ? '' : t(charge === 'so_far' ? 'soFar.text' : 'claim.notCharged')}
        facts={billFacts(locale, view)}
      >
        <FailureReason failure={failure} />
        <RetryButton variant={charge === 'so_far' ? 'secondary' : 'primary'} text={t('declined.again')} />
      </StatusScreen>
    )
  return (
    <StatusScreen
      glyph="back"
      heading={t(charge === 'so_far' ? 'cancelled.soFarHeading' : 'cancelled.heading')}
      text={t(charge === 'so_far' ? 'soFar.text' : 'cancelled.text')}
      facts={billFacts(locale, view)}
    >
      <RetryButton variant={charge === 'so_far' ? 'secondary' : 'primary'} text={t('cancelled.again')} />
    </StatusScreen>
  )
}

/** The link cannot keep the money. Claims about the refund only repeat what i'mport confirmed. */
export function RejectedScreen({ view, rejected }: { view: LinkView; rejected: Rejected }) {
  const { locale } = usePage()
  const { t, money } = locale
  const { why, currency, returned } = rejected
  const amount = isCurrencyCode(currency)
    ? money(rejected.amount, currency)
    : `${currency} ${rejected.amount}`
  const second = why === 'second_payment'
  const heading = returned
    ? t(second ? 'rejected.secondHeading' : 'rejected.amountHeading')
    : t(second ? 'rejected.secondHeading' : 'rejected.askedHeading')
  const text = returned
    ? t(second ? 'rejected.secondText' : 'rejected.amountText', { amount })
    : t('rejected.askedText', { amount })
  return (
    <StatusScreen glyph="alert" tone="problem" heading={heading} text={text} facts={orderFacts(locale, view)}>
      <RetryButton text={t(second ? 'rejected.show' : 'declined.again')} />
    </StatusScreen>
  )
}

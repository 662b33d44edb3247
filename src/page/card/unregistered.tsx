// Screens of an attempt that registered nothing, or whose result is unknown.
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Fact } from '../components/elements/facts.tsx'
import { RetryButton } from '../components/elements/retry-button.tsx'
import { type Status, StatusScreen } from '../components/elements/status.tsx'
import type { Locale } from '../components/locale.ts'
import { FailureReason } from '../components/notices/failure-reason.tsx'
import { usePage } from '../components/page-context.ts'
import type { CheckoutState, WindowFailure } from '../flow/model.ts'

export const registrationFacts = ({ t }: Locale, view: LinkView): Fact[] => [
  [t('card.for'), view.name],
  [t('bill.orderNumber'), view.merchant_uid],
]

function RegistrationStatus({ view, ...status }: { view: LinkView | null } & Status) {
  const { locale } = usePage()
  return <StatusScreen {...status} facts={view ? registrationFacts(locale, view) : []} />
}

interface AttemptProps {
  view: LinkView
  checkoutState: CheckoutState
}

export function CardDeclinedScreen({ view, checkoutState: { charge } }: AttemptProps) {
  const { t } = usePage().locale
  return (
    <RegistrationStatus
      view={view}
      glyph="alert"
      tone="problem"
      heading={t('card.declinedHeading')}
      text={t(charge === 'so_far' ? 'card.soFarText' : 'card.declinedText')}
    >
      <RetryButton variant={charge === 'so_far' ? 'secondary' : 'primary'} text={t('card.again')} />
    </RegistrationStatus>
  )
}

export function CardCancelledScreen({
  view,
  checkoutState: { charge },
  failure,
}: AttemptProps & { failure?: WindowFailure | undefined }) {
  const { t } = usePage().locale
  if (failure)
    return (
      <RegistrationStatus
        view={view}
        glyph="alert"
        tone="problem"
        heading={t(failure.shown ? 'card.failedHeading' : 'card.notOpenedHeading')}
        text={t(charge === 'so_far' ? 'card.soFarText' : 'card.nothingText')}
      >
        <FailureReason failure={failure} />
        <RetryButton variant={charge === 'so_far' ? 'secondary' : 'primary'} text={t('card.again')} />
      </RegistrationStatus>
    )
  return (
    <RegistrationStatus
      view={view}
      glyph="back"
      heading={t(charge === 'so_far' ? 'card.soFarHeading' : 'card.cancelledHeading')}
      text={t(charge === 'so_far' ? 'card.soFarText' : 'card.nothingText')}
    >
      <RetryButton variant={charge === 'so_far' ? 'secondary' : 'primary'} text={t('card.again')} />
    </RegistrationStatus>
  )
}

/** The result is unknown, so registering again is not offered. */
export function CardUnknownScreen({ view }: { view: LinkView | null }) {
  const { t } = usePage().locale
  return (
    <RegistrationStatus
      view={view}
      glyph="question"
      tone="problem"
      heading={t('card.unknownHeading')}
      text={t(view && view.amount > 0 ? 'card.unknownCharged' : 'card.unknownText')}
    >
      <RetryButton variant="secondary" text={t('unknown.check')} />
    </RegistrationStatus>
  )
}

export function CardConfirmingScreen() {
  const { t } = usePage().locale
  return <StatusScreen glyph="busy" heading={t('card.confirming')} text={t('confirming.text')} />
}

export function CardPayingScreen() {
  const { t } = usePage().locale
  return <StatusScreen glyph="busy" heading={t('card.paying')} text={t('paying.text')} />
}

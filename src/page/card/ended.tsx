// Screens of a registration that is complete or no longer possible.
import type { LinkView, ViewOf } from '../../contract/links/link-view.ts'
import { amountFact } from '../components/bill/bill-facts.ts'
import { ReceiptLink } from '../components/elements/receipt-link.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { withClaim } from '../components/notices/charge-claims.ts'
import { usePage } from '../components/page-context.ts'
import type { Charge } from '../flow/model.ts'
import { registrationFacts } from './unregistered.tsx'
import { registeredOf, termsOf } from './view.ts'

export function RegisteredScreen({ view }: { view: ViewOf<'paid'> }) {
  const { locale } = usePage()
  const { t, money, dateTime } = locale
  const done = registeredOf(view)
  if (!done) return <PaidScreen view={view} />
  const { registered_at, card_name, deleted_at, receipt } = done
  const amount = money(view.amount, view.currency)
  const uncharged = view.amount > 0 ? t('claim.cardChargeUnknown', { amount }) : t('card.doneNoCharge')
  const text = receipt ? t('card.doneCharged', { amount }) : uncharged
  return (
    <StatusScreen
      glyph={deleted_at ? 'closed' : 'check'}
      {...(deleted_at ? {} : { tone: 'good' as const })}
      heading={t(deleted_at ? 'card.deletedHeading' : 'card.doneHeading')}
      text={deleted_at ? t('card.deletedText', { date: dateTime(deleted_at) }) : text}
      facts={[
        card_name !== null && [t('card.company'), card_name],
        [t('card.doneAt'), <time dateTime={registered_at}>{dateTime(registered_at)}</time>],
        receipt && [t('bill.amount'), amount],
        receipt && receipt.returned > 0 && [t('paid.returned'), money(receipt.returned, view.currency)],
        ...registrationFacts(locale, view),
      ]}
    >
      {receipt?.receipt_url && <ReceiptLink url={receipt.receipt_url} />}
    </StatusScreen>
  )
}

/** Charged, but no card is known. */
function PaidScreen({ view }: { view: ViewOf<'paid'> }) {
  const { locale, dispatch } = usePage()
  const { t } = locale
  return (
    <StatusScreen
      glyph="question"
      tone="problem"
      heading={t('paid.heading')}
      text={t('card.paidText')}
      facts={[amountFact(locale, view), ...registrationFacts(locale, view)]}
    >
      <button
        type="button"
        class="secondary"
        onClick={() => dispatch({ type: 'returned', impUid: undefined })}
      >
        {t('unknown.check')}
      </button>
    </StatusScreen>
  )
}

export function CardExpiredScreen({ view }: { view: ViewOf<'expired'> }) {
  const { locale } = usePage()
  const { t, dateTime } = locale
  const date = dateTime(view.expires_at)
  const known = t(view.unsettled ? 'card.expiredSoFar' : 'card.expiredText', { date })
  return (
    <StatusScreen
      glyph="clock"
      heading={t('card.expiredHeading')}
      text={termsOf(view).asking ? t('card.asking') : known}
      facts={registrationFacts(locale, view)}
    />
  )
}

export function CardDisabledScreen({ view }: { view: ViewOf<'disabled'> }) {
  const { locale } = usePage()
  const { t, dateTime } = locale
  const known = view.unsettled ? 'card.soFarText' : 'card.nothingText'
  return (
    <StatusScreen
      glyph="closed"
      heading={t('card.disabledHeading')}
      text={t(termsOf(view).asking ? 'card.asking' : known)}
      facts={[
        ...registrationFacts(locale, view),
        [t('disabled.at'), <time dateTime={view.ended_at}>{dateTime(view.ended_at)}</time>],
      ]}
    />
  )
}

export function ExistsScreen({ view, charge }: { view: LinkView; charge: Charge }) {
  const { locale } = usePage()
  const { t } = locale
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={t('card.existsHeading')}
      text={withClaim(t('card.existsText'), t, 'card', charge)}
      facts={registrationFacts(locale, view)}
    />
  )
}

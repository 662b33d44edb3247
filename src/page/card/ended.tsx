// The screens of a registration that is done, or can no longer be.
import type { LinkView, ViewOf } from '../../contract/links/link-view.ts'
import { amountFact } from '../components/bill/bill-facts.ts'
import { ReceiptLink } from '../components/elements/receipt-link.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { withClaim } from '../components/notices/not-charged.ts'
import { usePage } from '../components/page-context.ts'
import type { Charge } from '../flow/model.ts'
import { aboutFacts } from './unsettled.tsx'
import { registeredOf, termsOf } from './view.ts'

export function RegisteredScreen({ view }: { view: ViewOf<'paid'> }) {
  const { reader } = usePage()
  const { say, money, when } = reader
  const done = registeredOf(view)
  if (!done) return <PaidScreen view={view} />
  const { registered_at, card_name, deleted_at, receipt } = done
  const amount = money(view.amount, view.currency)
  const uncharged = view.amount > 0 ? say('claim.cardChargeUnknown', { amount }) : say('card.doneNoCharge')
  const text = receipt ? say('card.doneCharged', { amount }) : uncharged
  return (
    <StatusScreen
      glyph={deleted_at ? 'closed' : 'check'}
      {...(deleted_at ? {} : { tone: 'good' as const })}
      heading={say(deleted_at ? 'card.deletedHeading' : 'card.doneHeading')}
      text={deleted_at ? say('card.deletedText', { date: when(deleted_at) }) : text}
      facts={[
        card_name !== null && [say('card.company'), card_name],
        [say('card.doneAt'), <time dateTime={registered_at}>{when(registered_at)}</time>],
        receipt && [say('bill.amount'), amount],
        receipt && receipt.returned > 0 && [say('paid.returned'), money(receipt.returned, view.currency)],
        ...aboutFacts(reader, view),
      ]}
    >
      {receipt?.receipt_url && <ReceiptLink url={receipt.receipt_url} />}
    </StatusScreen>
  )
}

/** Charged, and no card of it is known. */
function PaidScreen({ view }: { view: ViewOf<'paid'> }) {
  const { reader, tell } = usePage()
  const { say } = reader
  return (
    <StatusScreen
      glyph="question"
      tone="problem"
      heading={say('paid.heading')}
      text={say('card.paidText')}
      facts={[amountFact(reader, view), ...aboutFacts(reader, view)]}
    >
      <button type="button" class="secondary" onClick={() => tell({ type: 'returned', impUid: undefined })}>
        {say('unknown.check')}
      </button>
    </StatusScreen>
  )
}

export function ExpiredScreen({ view }: { view: ViewOf<'expired'> }) {
  const { reader } = usePage()
  const { say, when } = reader
  const date = when(view.expires_at)
  const known = say(view.unsettled ? 'card.expiredSoFar' : 'card.expiredText', { date })
  return (
    <StatusScreen
      glyph="clock"
      heading={say('card.expiredHeading')}
      text={termsOf(view).asking ? say('card.asking') : known}
      facts={aboutFacts(reader, view)}
    />
  )
}

export function DisabledScreen({ view }: { view: ViewOf<'disabled'> }) {
  const { reader } = usePage()
  const { say, when } = reader
  const known = view.unsettled ? 'card.soFarText' : 'card.nothingText'
  return (
    <StatusScreen
      glyph="closed"
      heading={say('card.disabledHeading')}
      text={say(termsOf(view).asking ? 'card.asking' : known)}
      facts={[
        ...aboutFacts(reader, view),
        [say('disabled.at'), <time dateTime={view.ended_at}>{when(view.ended_at)}</time>],
      ]}
    />
  )
}

export function ExistsScreen({ view, charge }: { view: LinkView; charge: Charge }) {
  const { reader } = usePage()
  const { say } = reader
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={say('card.existsHeading')}
      text={withClaim(say('card.existsText'), say, 'card', charge)}
      facts={aboutFacts(reader, view)}
    />
  )
}

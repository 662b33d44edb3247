// The screens after an attempt that took no money, or gave it back.

import type { LinkView, OpenLink } from '../../contract/links/link-view.ts'
import { isCurrencyCode } from '../../contract/money/currency.ts'
import { billFacts, orderFacts } from '../components/bill/bill-facts.ts'
import { AgainButton } from '../components/elements/again-button.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { FailureReason } from '../components/notices/failure-reason.tsx'
import { usePage } from '../components/page-context.ts'
import type { Desk, Rejected, WindowFailure } from '../flow/model.ts'

interface Attempted {
  view: OpenLink
  desk: Desk
}

export function DeclinedScreen({ view, desk: { charge } }: Attempted) {
  const { reader } = usePage()
  const { say } = reader
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={say('declined.heading')}
      text={say(charge === 'so_far' ? 'soFar.text' : 'declined.text')}
      facts={billFacts(reader, view)}
    >
      <AgainButton look={charge === 'so_far' ? 'secondary' : 'primary'} text={say('declined.again')} />
    </StatusScreen>
  )
}

/** @param failure the SDK has no payment, and says why */
export function CancelledScreen({
  view,
  desk: { charge },
  failure,
}: Attempted & { failure?: WindowFailure | undefined }) {
  const { reader } = usePage()
  const { say } = reader
  if (failure)
    return (
      <StatusScreen
        glyph="alert"
        tone="problem"
        heading={say(failure.shown ? 'failed.heading' : 'failed.notOpenedHeading')}
        text={charge === 'unknown' ? '' : say(charge === 'so_far' ? 'soFar.text' : 'claim.notCharged')}
        facts={billFacts(reader, view)}
      >
        <FailureReason failure={failure} />
        <AgainButton look={charge === 'so_far' ? 'secondary' : 'primary'} text={say('declined.again')} />
      </StatusScreen>
    )
  return (
    <StatusScreen
      glyph="back"
      heading={say(charge === 'so_far' ? 'cancelled.soFarHeading' : 'cancelled.heading')}
      text={say(charge === 'so_far' ? 'soFar.text' : 'cancelled.text')}
      facts={billFacts(reader, view)}
    >
      <AgainButton look={charge === 'so_far' ? 'secondary' : 'primary'} text={say('cancelled.again')} />
    </StatusScreen>
  )
}

/** Money came that the link cannot keep. What is said of its way back is what i'mport confirmed. */
export function RejectedScreen({ view, rejected }: { view: LinkView; rejected: Rejected }) {
  const { reader } = usePage()
  const { say, money } = reader
  const { why, currency, returned } = rejected
  const amount = isCurrencyCode(currency)
    ? money(rejected.amount, currency)
    : `${currency} ${rejected.amount}`
  const second = why === 'second_payment'
  const heading = returned
    ? say(second ? 'rejected.secondHeading' : 'rejected.amountHeading')
    : say(second ? 'rejected.secondHeading' : 'rejected.askedHeading')
  const text = returned
    ? say(second ? 'rejected.secondText' : 'rejected.amountText', { amount })
    : say('rejected.askedText', { amount })
  return (
    <StatusScreen glyph="alert" tone="problem" heading={heading} text={text} facts={orderFacts(reader, view)}>
      <AgainButton text={say(second ? 'rejected.show' : 'declined.again')} />
    </StatusScreen>
  )
}

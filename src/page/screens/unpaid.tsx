// The screens after an attempt that took no money, or gave it back.

import { isCurrencyCode } from '../../contract/currency.ts'
import type { LinkView, OpenLink } from '../../contract/link-view.ts'
import type { Rejected } from '../flow/model.ts'
import { usePage } from '../page.ts'
import { AgainButton } from '../parts/again-button.tsx'
import { amountFact, orderFacts } from '../parts/bill-facts.ts'
import { StatusScreen } from '../parts/status.tsx'

export function DeclinedScreen({ view }: { view: OpenLink }) {
  const { reader } = usePage()
  const { say } = reader
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={say('declined.heading')}
      text={say('declined.text')}
      facts={[amountFact(reader, view), ...orderFacts(reader, view)]}
    >
      <AgainButton text={say('declined.again')} />
    </StatusScreen>
  )
}

export function CancelledScreen({ view }: { view: OpenLink }) {
  const { reader } = usePage()
  const { say } = reader
  return (
    <StatusScreen
      glyph="back"
      heading={say('cancelled.heading')}
      text={say('cancelled.text')}
      facts={[amountFact(reader, view), ...orderFacts(reader, view)]}
    >
      <AgainButton text={say('cancelled.again')} />
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

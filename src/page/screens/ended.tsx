// The screens of a link that is no longer open to payment.
import type { ViewOf } from '../../contract/links/link-view.ts'
import { amountFact, billFacts, orderFacts } from '../components/bill/bill-facts.ts'
import { CopyButton } from '../components/elements/copy-button.tsx'
import { ReceiptLink } from '../components/elements/receipt-link.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { usePage } from '../components/page-context.ts'

export function PaidScreen({ view }: { view: ViewOf<'paid'> }) {
  const { reader } = usePage()
  const { say, money, when, label } = reader
  const { receipt } = view
  return (
    <StatusScreen
      glyph="check"
      tone="good"
      heading={say('paid.heading')}
      text={say('paid.text')}
      facts={[
        amountFact(reader, view),
        receipt.returned > 0 && [say('paid.returned'), money(receipt.returned, view.currency)],
        receipt.method !== null && [say('paid.method'), label(receipt.method)],
        [say('paid.at'), <time dateTime={receipt.paid_at}>{when(receipt.paid_at)}</time>],
        ...orderFacts(reader, view),
      ]}
    >
      {receipt.receipt_url && <ReceiptLink url={receipt.receipt_url} />}
    </StatusScreen>
  )
}

export function AwaitingDepositScreen({ view }: { view: ViewOf<'awaiting_deposit'> }) {
  const { reader } = usePage()
  const { say, money, when } = reader
  const { bank, account, holder, due_at } = view.deposit
  return (
    <StatusScreen
      glyph="clock"
      heading={say('deposit.heading')}
      text={say('deposit.text')}
      facts={[
        [say('deposit.amount'), <strong>{money(view.amount, view.currency)}</strong>],
        [say('deposit.bank'), bank],
        [
          say('deposit.account'),
          <span class="account">
            <strong>{account}</strong>
            <CopyButton text={account} label={say('deposit.copy')} name={say('deposit.copyLabel')} />
          </span>,
        ],
        holder !== null && [say('deposit.holder'), holder],
        due_at !== null && [say('deposit.due'), <time dateTime={due_at}>{when(due_at)}</time>],
        ...orderFacts(reader, view),
      ]}
    />
  )
}

export function RefundedScreen({ view }: { view: ViewOf<'refunded'> }) {
  const { reader } = usePage()
  const { say, money, when } = reader
  return (
    <StatusScreen
      glyph="back"
      heading={say('refunded.heading')}
      text={say('refunded.text', { amount: money(view.amount, view.currency) })}
      facts={[
        [say('refunded.at'), <time dateTime={view.refunded_at}>{when(view.refunded_at)}</time>],
        ...orderFacts(reader, view),
      ]}
    />
  )
}

export function DisabledScreen({ view }: { view: ViewOf<'disabled'> }) {
  const { reader } = usePage()
  const { say, when } = reader
  return (
    <StatusScreen
      glyph="closed"
      heading={say('disabled.heading')}
      text={say(view.unsettled ? 'soFar.text' : 'disabled.text')}
      facts={[
        ...billFacts(reader, view),
        [say('disabled.at'), <time dateTime={view.ended_at}>{when(view.ended_at)}</time>],
      ]}
    />
  )
}

export function ExpiredScreen({ view }: { view: ViewOf<'expired'> }) {
  const { reader } = usePage()
  const { say, when } = reader
  return (
    <StatusScreen
      glyph="clock"
      heading={say('expired.heading')}
      text={say(view.unsettled ? 'expired.soFar' : 'expired.text', { date: when(view.expires_at) })}
      facts={billFacts(reader, view)}
    />
  )
}

// Screens of a link that is not open any more.
import type { ViewOf } from '../../contract/links/link-view.ts'
import { amountFact, billFacts, orderFacts } from '../components/bill/bill-facts.ts'
import { CopyButton } from '../components/elements/copy-button.tsx'
import { ReceiptLink } from '../components/elements/receipt-link.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { usePage } from '../components/page-context.ts'

export function PaidScreen({ view }: { view: ViewOf<'paid'> }) {
  const { locale } = usePage()
  const { t, money, dateTime, label } = locale
  const { receipt } = view
  return (
    <StatusScreen
      glyph="check"
      tone="good"
      heading={t('paid.heading')}
      text={t('paid.text')}
      facts={[
        amountFact(locale, view),
        receipt.returned > 0 && [t('paid.returned'), money(receipt.returned, view.currency)],
        receipt.method !== null && [t('paid.method'), label(receipt.method)],
        [t('paid.at'), <time dateTime={receipt.paid_at}>{dateTime(receipt.paid_at)}</time>],
        ...orderFacts(locale, view),
      ]}
    >
      {receipt.receipt_url && <ReceiptLink url={receipt.receipt_url} />}
    </StatusScreen>
  )
}

export function AwaitingDepositScreen({ view }: { view: ViewOf<'awaiting_deposit'> }) {
  const { locale } = usePage()
  const { t, money, dateTime } = locale
  const { bank, account, holder, due_at } = view.deposit
  return (
    <StatusScreen
      glyph="clock"
      heading={t('deposit.heading')}
      text={t('deposit.text')}
      facts={[
        [t('deposit.amount'), <strong>{money(view.amount, view.currency)}</strong>],
        [t('deposit.bank'), bank],
        [
          t('deposit.account'),
          <span class="account">
            <strong>{account}</strong>
            <CopyButton text={account} label={t('deposit.copy')} name={t('deposit.copyLabel')} />
          </span>,
        ],
        holder !== null && [t('deposit.holder'), holder],
        due_at !== null && [t('deposit.due'), <time dateTime={due_at}>{dateTime(due_at)}</time>],
        ...orderFacts(locale, view),
      ]}
    />
  )
}

export function RefundedScreen({ view }: { view: ViewOf<'refunded'> }) {
  const { locale } = usePage()
  const { t, money, dateTime } = locale
  return (
    <StatusScreen
      glyph="back"
      heading={t('refunded.heading')}
      text={t('refunded.text', { amount: money(view.amount, view.currency) })}
      facts={[
        [t('refunded.at'), <time dateTime={view.refunded_at}>{dateTime(view.refunded_at)}</time>],
        ...orderFacts(locale, view),
      ]}
    />
  )
}

export function DisabledScreen({ view }: { view: ViewOf<'disabled'> }) {
  const { locale } = usePage()
  const { t, dateTime } = locale
  return (
    <StatusScreen
      glyph="closed"
      heading={t('disabled.heading')}
      text={t(view.unsettled ? 'soFar.text' : 'disabled.text')}
      facts={[
        ...billFacts(locale, view),
        [t('disabled.at'), <time dateTime={view.ended_at}>{dateTime(view.ended_at)}</time>],
      ]}
    />
  )
}

export function ExpiredScreen({ view }: { view: ViewOf<'expired'> }) {
  const { locale } = usePage()
  const { t, dateTime } = locale
  return (
    <StatusScreen
      glyph="clock"
      heading={t('expired.heading')}
      text={t(view.unsettled ? 'expired.soFar' : 'expired.text', { date: dateTime(view.expires_at) })}
      facts={billFacts(locale, view)}
    />
  )
}

import { Contact } from '../components/elements/contact.tsx'
import { Facts } from '../components/elements/facts.tsx'
import { usePage } from '../components/page-context.ts'
import { aboutFacts } from './unsettled.tsx'
import type { OpenCard } from './view.ts'

/** What is agreed to, by whom, for what, and whether anything is charged now. */
export function Terms({ view }: { view: OpenCard }) {
  const { reader } = usePage()
  const { say, money, label, when } = reader
  const { amount, currency, merchant, title } = view
  const seller = merchant.name ? label(merchant.name) : title
  const charged = amount > 0 && money(amount, currency)
  return (
    <div class="bill">
      <h1 tabIndex={-1}>{title}</h1>
      <p class="amount">{charged || say('card.what')}</p>
      <p>{charged ? say('claim.cardCharge', { amount: charged }) : say('claim.cardNoCharge')}</p>
      {view.tax_free ? (
        <p class="minor">{say('bill.taxFree', { amount: money(view.tax_free, currency) })}</p>
      ) : null}
      <p class="agree">
        {say('card.agree', { merchant: seller })} {view.card.replaces && say('card.replaces')}
      </p>
      <Facts facts={aboutFacts(reader, view)} />
      <p class="minor">
        <time dateTime={view.expires_at}>{say('card.by', { date: when(view.expires_at) })}</time>
      </p>
      <Contact bill={view} />
    </div>
  )
}

import type { OpenLink } from '../../contract/link-view.ts'
import { usePage } from '../page.ts'
import { Contact } from './contact.tsx'
import { Facts } from './facts.tsx'
import { TimeLeft } from './time-left.tsx'

/** The amount first, then what it is for, then until when. */
export function BillSummary({ view }: { view: OpenLink }) {
  const { say, money } = usePage().reader
  return (
    <div class="bill">
      <h1 tabIndex={-1}>{view.title}</h1>
      <p class="amount">{money(view.amount, view.currency)}</p>
      {view.tax_free ? (
        <p class="minor">{say('bill.taxFree', { amount: money(view.tax_free, view.currency) })}</p>
      ) : null}
      <Facts
        facts={[
          [say('bill.order'), view.name],
          [say('bill.orderNumber'), view.merchant_uid],
        ]}
      />
      <TimeLeft view={view} />
      <Contact bill={view} />
    </div>
  )
}

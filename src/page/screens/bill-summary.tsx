import type { OpenLink } from '../../contract/links/link-view.ts'
import { TimeLeft } from '../components/bill/time-left.tsx'
import { Contact } from '../components/elements/contact.tsx'
import { Facts } from '../components/elements/facts.tsx'
import { usePage } from '../components/page-context.ts'
import { Description, tellsName } from '../extras/description.tsx'
import { Details } from '../extras/details.tsx'
import { Sum } from '../extras/sum.tsx'

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
      {import.meta.env.EXTRAS && view.extras && <Description bill={view} />}
      <Facts
        facts={[
          !(import.meta.env.EXTRAS && tellsName(view)) && [say('bill.order'), view.name],
          [say('bill.orderNumber'), view.merchant_uid],
        ]}
      />
      {import.meta.env.EXTRAS && view.extras && <Sum bill={view} />}
      <TimeLeft view={view} />
      <Contact bill={view} />
      {import.meta.env.EXTRAS && view.extras && <Details bill={view} />}
    </div>
  )
}

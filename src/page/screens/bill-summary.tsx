import type { OpenLink } from '../../contract/links/link-view.ts'
import { TimeLeft } from '../components/bill/time-left.tsx'
import { Contact } from '../components/elements/contact.tsx'
import { Facts } from '../components/elements/facts.tsx'
import { usePage } from '../components/page-context.ts'
import { Description, includesName } from '../extras/description.tsx'
import { Details } from '../extras/details.tsx'
import { Sum } from '../extras/sum.tsx'

export function BillSummary({ view }: { view: OpenLink }) {
  const { t, money } = usePage().locale
  return (
    <div class="bill">
      <h1 tabIndex={-1}>{view.title}</h1>
      <p class="amount">{money(view.amount, view.currency)}</p>
      {view.tax_free ? (
        <p class="minor">{t('bill.taxFree', { amount: money(view.tax_free, view.currency) })}</p>
      ) : null}
      {import.meta.env.EXTRAS && view.extras && <Description bill={view} />}
      <Facts
        facts={[
          !(import.meta.env.EXTRAS && includesName(view)) && [t('bill.order'), view.name],
          [t('bill.orderNumber'), view.merchant_uid],
        ]}
      />
      {import.meta.env.EXTRAS && view.extras && <Sum bill={view} />}
      <TimeLeft view={view} />
      <Contact bill={view} />
      {import.meta.env.EXTRAS && view.extras && <Details bill={view} />}
    </div>
  )
}

import { Contact } from '../components/elements/contact.tsx'
import { Facts } from '../components/elements/facts.tsx'
import { usePage } from '../components/page-context.ts'
import { registrationFacts } from './unregistered.tsx'
import type { OpenCard } from './view.ts'

/** What the customer agrees to, and whether anything is charged now. */
export function Terms({ view }: { view: OpenCard }) {
  const { locale } = usePage()
  const { t, money, label, dateTime } = locale
  const { amount, currency, merchant, title } = view
  const seller = merchant.name ? label(merchant.name) : title
  const charged = amount > 0 && money(amount, currency)
  return (
    <div class="bill">
      <h1 tabIndex={-1}>{title}</h1>
      <p class="amount">{charged || t('card.what')}</p>
      <p>{charged ? t('claim.cardCharge', { amount: charged }) : t('claim.cardNoCharge')}</p>
      {view.tax_free ? (
        <p class="minor">{t('bill.taxFree', { amount: money(view.tax_free, currency) })}</p>
      ) : null}
      <p class="agree">
        {t('card.agree', { merchant: seller })} {view.card.replaces && t('card.replaces')}
      </p>
      <Facts facts={registrationFacts(locale, view)} />
      <p class="minor">
        <time dateTime={view.expires_at}>{t('card.by', { date: dateTime(view.expires_at) })}</time>
      </p>
      <Contact bill={view} />
    </div>
  )
}

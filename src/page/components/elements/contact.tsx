import type { Bill } from '../../../contract/links/link-view.ts'
import { usePage } from '../page-context.ts'

export function Contact({ bill }: { bill: Bill }) {
  const { t, label } = usePage().locale
  const { name, contact } = bill.merchant
  if (!contact) return null
  return <p class="minor">{t('app.contact', { merchant: name ? label(name) : bill.title, contact })}</p>
}

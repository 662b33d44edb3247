import type { Bill } from '../../../contract/links/link-view.ts'
import { usePage } from '../page-context.ts'

export function Contact({ bill }: { bill: Bill }) {
  const { say, label } = usePage().reader
  const { name, contact } = bill.merchant
  if (!contact) return null
  return <p class="minor">{say('app.contact', { merchant: name ? label(name) : bill.title, contact })}</p>
}

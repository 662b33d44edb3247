import type { LinkView } from '../../contract/links/link-view.ts'
import { Details } from './details.tsx'
import { Sum } from './sum.tsx'

const receipts: readonly LinkView['status'][] = ['paid', 'awaiting_deposit', 'refunded']

/** Order details below a receipt. */
export function ReceiptDetails({ view }: { view: LinkView }) {
  if (!receipts.includes(view.status)) return null
  return (
    <div class="after">
      <Sum bill={view} />
      <Details bill={view} />
    </div>
  )
}

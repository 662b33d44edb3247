import type { Bill } from '../../contract/links/link-view.ts'

/** Whether the description says the order's name, which was cut to fit a gateway, and more. */
export function tellsName({ name, extras }: Bill): boolean {
  return name.endsWith('…') && extras?.description?.startsWith(name.slice(0, -1)) === true
}

/** What the seller says of the order, unless the bill says it in the same words. */
export function Description({ bill }: { bill: Bill }) {
  const text = bill.extras?.description
  return text && text !== bill.title && text !== bill.name ? <p class="description">{text}</p> : null
}

import type { Bill } from '../../contract/links/link-view.ts'

/** Whether the description starts with the order's name, which is cut to fit a gateway. */
export function includesName({ name, extras }: Bill): boolean {
  return name.endsWith('…') && extras?.description?.startsWith(name.slice(0, -1)) === true
}

/** Omitted if it repeats the title or the name. */
export function Description({ bill }: { bill: Bill }) {
  const text = bill.extras?.description
  return text && text !== bill.title && text !== bill.name ? <p class="description">{text}</p> : null
}

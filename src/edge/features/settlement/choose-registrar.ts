// Pure: which link of an order does a card that came under its name belong to?
import type { Link, Registration } from '../../domain/links/link.ts'

type Registrar = Link & { registration: Registration }

/**
 * A key names no order. Of the order's links with the same name for the card: the one that is registered,
 * else the one that was paid, else the one that is still open (an older one may have let the customer in,
 * whose wish is the same), else the one that was asked about.
 */
export function chooseRegistrar(
  asked: Link,
  order: { link: Link; current: boolean }[],
): Registrar | undefined {
  const name = asked.registration?.customer_uid
  const links = order
    .map(({ link }) => link)
    .filter((link): link is Registrar => name !== undefined && link.registration?.customer_uid === name)
  const chosen =
    links.find(({ registration }) => registration.registered_at !== null) ??
    links.find(({ status }) => status === 'paid') ??
    links.find(({ status }) => status === 'open') ??
    links.find(({ id }) => id === asked.id)
  // Whoever was let in by another link of the order was let in when that one said so.
  const before = links.map(({ registration }) => registration.before).find((mark) => mark !== null) ?? null
  return (
    chosen && {
      ...chosen,
      registration: { ...chosen.registration, before: chosen.registration.before ?? before },
    }
  )
}

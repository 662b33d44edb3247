// Pure: chooses the link of an order that a billing key belongs to.
import type { Link, Registration } from '../../domain/links/link.ts'

type RegistrationLink = Link & { registration: Registration }

/**
 * A billing key names only its customer_uid, not the order. Of the order's links with that customer_uid: the
 * registered one, else the paid one, else the open one (a customer may still be in the window of an older link
 * with the same purpose), else the requested link.
 */
export function chooseRegistrar(
  requestedLink: Link,
  order: { link: Link; current: boolean }[],
): RegistrationLink | undefined {
  const name = requestedLink.registration?.customer_uid
  const links = order
    .map(({ link }) => link)
    .filter(
      (link): link is RegistrationLink => name !== undefined && link.registration?.customer_uid === name,
    )
  const chosen =
    links.find(({ registration }) => registration.registered_at !== null) ??
    links.find(({ status }) => status === 'paid') ??
    links.find(({ status }) => status === 'open') ??
    links.find(({ id }) => id === requestedLink.id)
  // A link without a fingerprint of its own uses the one saved when a sibling link admitted the customer.
  const before = links.map(({ registration }) => registration.before).find((mark) => mark !== null) ?? null
  return (
    chosen && {
      ...chosen,
      registration: { ...chosen.registration, before: chosen.registration.before ?? before },
    }
  )
}

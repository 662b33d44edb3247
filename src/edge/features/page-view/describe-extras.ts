// Pure: the page's additional data of a global link. Readable by anyone with the URL.
import type { LinkExtras, Party } from '../../../contract/links/link-extras.ts'
import type { PortoneAddress, PortoneLink, PortoneParty } from '../../domain/links/portone-link.ts'

export function describeExtras(
  { details, buyer }: PortoneLink,
  options: { embedOrigins: readonly string[]; onwardUrl: string | undefined },
): LinkExtras {
  const { seller, description, lines, back_url, embed, show_shipping_details } = details
  const billing = show_shipping_details && buyer?.billing && publicParty(buyer.billing)
  const shipping = show_shipping_details && buyer?.shipping && publicParty(buyer.shipping)
  const shown = {
    ...(seller.name && { name: seller.name }),
    ...(seller.logo_id && { logo: `/logos/${seller.logo_id}` }),
  }
  return {
    ...(Object.keys(shown).length > 0 && { seller: shown }),
    ...(description && { description }),
    ...(lines.length > 0 && { lines }),
    ...(buyer?.customer && { customer: masked(buyer.customer) }),
    ...(billing && { billing }),
    ...(shipping && { shipping }),
    ...(buyer && buyer.notes.length > 0 && { notes: buyer.notes }),
    ...(back_url && { back_url }),
    ...(options.onwardUrl && { onward_url: options.onwardUrl }),
    ...(embed && options.embedOrigins.length > 0 && { embed: options.embedOrigins }),
  }
}

function publicParty({ address, ...person }: PortoneParty): Party {
  const lines = address ? addressLines(address) : []
  return { ...masked(person), ...(lines.length > 0 && { address: lines }) }
}

/** In postal order. `locale` is not part of an address. */
export function addressLines(address: PortoneAddress): string[] {
  const { line_1, line_2, city, state, postal_code, country_code } = address
  const town = [city, state, postal_code].filter(Boolean).join(', ')
  return [line_1, line_2, town, country_code].filter((line): line is string => Boolean(line))
}

/** Masks e-mail and phone: the customer recognises them, other holders of the URL learn neither. */
function masked({ name, email, phone }: Party): Party {
  return {
    ...(name && { name }),
    ...(email && { email: maskEmail(email) }),
    ...(phone && { phone: maskPhone(phone) }),
  }
}

function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const [first = ''] = email
  return `${first}***${email.slice(at)}`
}

function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').length
  let digitsSeen = 0
  return phone.replace(/\d/g, (digit) => {
    digitsSeen += 1
    return digitsSeen <= 2 || digitsSeen > digits - 3 ? digit : '*'
  })
}

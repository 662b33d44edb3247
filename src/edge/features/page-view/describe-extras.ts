// Pure: what the page shows of a global link beyond the bill. Whoever holds the URL reads this.
import type { LinkExtras, Party } from '../../../contract/links/link-extras.ts'
import type { PortoneAddress, PortoneLink, PortoneParty } from '../../domain/links/portone-link.ts'

export function describeExtras(
  { details, buyer }: PortoneLink,
  told: { embedOrigins: readonly string[]; onwardUrl: string | undefined },
): LinkExtras {
  const { seller, description, lines, back_url, embed, show_shipping_details } = details
  const billing = show_shipping_details && buyer?.billing && shortly(buyer.billing)
  const shipping = show_shipping_details && buyer?.shipping && shortly(buyer.shipping)
  const shown = {
    ...(seller.name && { name: seller.name }),
    ...(seller.logo_id && { logo: `/logos/${seller.logo_id}` }),
  }
  return {
    ...(Object.keys(shown).length > 0 && { seller: shown }),
    ...(description && { description }),
    ...(lines.length > 0 && { lines }),
    ...(buyer?.customer && { customer: veiled(buyer.customer) }),
    ...(billing && { billing }),
    ...(shipping && { shipping }),
    ...(buyer && buyer.notes.length > 0 && { notes: buyer.notes }),
    ...(back_url && { back_url }),
    ...(told.onwardUrl && { onward_url: told.onwardUrl }),
    ...(embed && told.embedOrigins.length > 0 && { embed: told.embedOrigins }),
  }
}

function shortly({ address, ...person }: PortoneParty): Party {
  const lines = address ? addressLines(address) : []
  return { ...veiled(person), ...(lines.length > 0 && { address: lines }) }
}

/** As an envelope has it. `locale` says how an address is written, and is none of it. */
export function addressLines(address: PortoneAddress): string[] {
  const { line_1, line_2, city, state, postal_code, country_code } = address
  const town = [city, state, postal_code].filter(Boolean).join(', ')
  return [line_1, line_2, town, country_code].filter((line): line is string => Boolean(line))
}

/**
 * The customer knows their own address and number by its ends; whoever a URL was forwarded to learns
 * neither from it.
 */
function veiled({ name, email, phone }: Party): Party {
  return {
    ...(name && { name }),
    ...(email && { email: veilEmail(email) }),
    ...(phone && { phone: veilPhone(phone) }),
  }
}

function veilEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const [first = ''] = email
  return `${first}***${email.slice(at)}`
}

function veilPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').length
  let seen = 0
  return phone.replace(/\d/g, (digit) => {
    seen += 1
    return seen <= 2 || seen > digits - 3 ? digit : '*'
  })
}

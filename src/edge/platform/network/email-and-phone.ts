// Pure: parses recipients. Accepts exactly one plain address, which prevents header injection.

/** RFC 5321 mailbox, without quoted local parts and address literals. */
const mailbox =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i

export function readEmail(text: string | undefined): string | undefined {
  const address = text?.trim() ?? ''
  const local = address.indexOf('@')
  return address.length <= 254 && local <= 64 && mailbox.test(address) ? address : undefined
}

/**
 * Maps aliases of a mailbox to one key for rate limits: drops the plus tag, and Gmail's dots. Mail is sent to the
 * address as given.
 */
export function mailboxOf(address: string): string {
  const [localPart = '', domain] = address.toLowerCase().split('@')
  if (domain === undefined) return localPart
  const local = localPart.replace(/(?<=.)\+.*/, '')
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com'
  return isGmail ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`
}

/** @returns E.164. A number without a country code is taken as Korean. */
export function readPhone(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? ''
  if (!/^\+?[\d\s().-]{1,40}$/.test(trimmed)) return undefined
  const digits = trimmed.replace(/\D/g, '')
  if (!trimmed.startsWith('+')) return /^0[1-9]\d{7,9}$/.test(digits) ? `+82${digits.slice(1)}` : undefined
  // The trunk prefix 0 is often left in after +82.
  const number = digits.replace(/^820/, '82')
  return /^[1-9]\d{6,14}$/.test(number) ? `+${number}` : undefined
}

// Pure: whom a message goes to. What is not plainly one address is refused, so that none can smuggle in a header.

/** One mailbox of RFC 5321 in its usual form. Quoted local parts and address literals are not taken. */
const mailbox =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i

export function readEmail(text: string | undefined): string | undefined {
  const address = text?.trim() ?? ''
  const local = address.indexOf('@')
  return address.length <= 254 && local <= 64 && mailbox.test(address) ? address : undefined
}

/**
 * Stands for all addresses of one mailbox, as far as is known: what follows a plus sign is its owner's own mark, and
 * Gmail sees no dots. Only for counting; mail goes to the address as it was given.
 */
export function mailboxOf(address: string): string {
  const [written = '', domain] = address.toLowerCase().split('@')
  if (domain === undefined) return written
  const local = written.replace(/(?<=.)\+.*/, '')
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com'
  return isGmail ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`
}

/** E.164. A number without a country code is a Korean one. */
export function readPhone(text: string | undefined): string | undefined {
  const written = text?.trim() ?? ''
  if (!/^\+?[\d\s().-]{1,40}$/.test(written)) return undefined
  const digits = written.replace(/\D/g, '')
  if (!written.startsWith('+')) return /^0[1-9]\d{7,9}$/.test(digits) ? `+82${digits.slice(1)}` : undefined
  // Many write the Korean 0 behind the country code too.
  const number = digits.replace(/^820/, '82')
  return /^[1-9]\d{6,14}$/.test(number) ? `+${number}` : undefined
}

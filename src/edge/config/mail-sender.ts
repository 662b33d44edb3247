// Pure: how our side stands in the head of an e-mail.

export interface Sender {
  name: string
  address: string
}

/** `"Shop" <pay@shop.kr>` */
export function formatSender({ name, address }: Sender): string {
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : address
}

/** The same at every attempt, so that a second delivery can be told from a second message (RFC 5322, 3.6.4). */
export function messageIdOf(id: string, { address }: Sender): string {
  return `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`
}

export interface Sender {
  name: string
  address: string
}

/** `"Shop" <pay@shop.kr>` */
export function formatSender({ name, address }: Sender): string {
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : address
}

/** Message-ID (RFC 5322, 3.6.4). The same for every attempt, so that receivers can drop duplicates. */
export function messageIdOf(id: string, { address }: Sender): string {
  return `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`
}

// Pure: a gateway's reason as a customer may read it.
const longest = 120

/** Without a run of digits: some gateways repeat what they were sent. Nothing where too little remains. */
export function reasonSaid(message: string): string | undefined {
  const said = message
    .replace(/[\d*][\d*\s-]{2,}[\d*]/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
  return /\p{L}{2}/u.test(said) ? [...said].slice(0, longest).join('') : undefined
}

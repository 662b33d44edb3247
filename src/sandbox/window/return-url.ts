/**
 * Adds the result to the merchant's return address as the SDK does, flaws included: an address that
 * already has two parameters gets the rest glued on without an `&`, and values go through
 * `encodeURI` alone, so an `&` or `#` inside a message breaks the query.
 */
export function returnAddress(address: string, result: Record<string, string>): string {
  const added = Object.entries(result)
    .map(([name, value]) => `${name}=${encodeURI(value)}`)
    .join('&')
  const [path = '', fragment] = address.split('#', 2)
  const glue = !path.includes('?') ? '?' : path.includes('&') ? '' : '&'
  return `${path}${glue}${added}${fragment === undefined ? '' : `#${fragment}`}`
}

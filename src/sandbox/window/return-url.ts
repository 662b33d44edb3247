/**
 * Adds the result to the merchant's return URL with upstream's bugs: a URL with two or more parameters
 * gets no `&` before the result, and values pass `encodeURI` only, so `&` or `#` in a message break the query.
 */
export function buildReturnUrl(address: string, result: Record<string, string>): string {
  const added = Object.entries(result)
    .map(([name, value]) => `${name}=${encodeURI(value)}`)
    .join('&')
  const [path = '', fragment] = address.split('#', 2)
  const separator = !path.includes('?') ? '?' : path.includes('&') ? '' : '&'
  return `${path}${separator}${added}${fragment === undefined ? '' : `#${fragment}`}`
}

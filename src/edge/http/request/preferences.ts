// RFC 7240: what a request prefers of the ways in which it may be answered.

/** The first `handling` counts, as the standard says. */
const handling = /(?:^|,)\s*handling\s*=\s*"?([^\s",;]*)/i

/** `Prefer: handling=strict` */
export function prefersStrict({ headers }: Request): boolean {
  const prefer = headers.get('prefer')
  return prefer !== null && handling.exec(prefer)?.[1]?.toLowerCase() === 'strict'
}

// RFC 7240: the `Prefer` header.

/** The first `handling` applies, by the RFC. */
const handling = /(?:^|,)\s*handling\s*=\s*"?([^\s",;]*)/i

/** `Prefer: handling=strict` */
export function prefersStrict({ headers }: Request): boolean {
  const prefer = headers.get('prefer')
  return prefer !== null && handling.exec(prefer)?.[1]?.toLowerCase() === 'strict'
}

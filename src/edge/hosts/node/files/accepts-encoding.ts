/** True if the client lists the encoding without a q-value. */
export function acceptsEncoding(acceptEncoding: string | undefined, encoding: string): boolean {
  return (acceptEncoding ?? '').split(',').some((part) => part.trim() === encoding)
}

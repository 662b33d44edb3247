/** Whether the client names the encoding without a condition. */
export function acceptsEncoding(acceptEncoding: string | undefined, encoding: string): boolean {
  return (acceptEncoding ?? '').split(',').some((part) => part.trim() === encoding)
}

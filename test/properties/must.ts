/** Fails with the violated rule. */
export function must(claim: boolean, what: string, about?: unknown): asserts claim {
  if (!claim) throw new Error(about === undefined ? what : `${what}: ${JSON.stringify(about)}`)
}

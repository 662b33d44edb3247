/** Fails with the violated rule. */
export function invariant(holds: boolean, message: string, details?: unknown): asserts holds {
  if (!holds) throw new Error(details === undefined ? message : `${message}: ${JSON.stringify(details)}`)
}

/**
 * Whether upstream answered the SDK's question for the channels with a refusal, as for a merchant that it does not
 * know. Of that the SDK tells when it is asked for a window; of any other failure it tells nothing.
 */
export async function areChannelsRefused(): Promise<boolean> {
  const asked = performance.getEntriesByType('resource').findLast(({ name }) => name.includes('/users/pg/'))
  if (!asked) return false
  try {
    const response = await fetch(asked.name, { credentials: 'omit', signal: AbortSignal.timeout(10_000) })
    return Boolean((await response.json()).code)
  } catch {
    return false
  }
}

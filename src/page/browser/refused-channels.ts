/**
 * Whether upstream refused the SDK's request for channels, e.g. for an unknown merchant. The SDK reports a refusal
 * when a window is requested, and no other failure.
 */
export async function areChannelsRefused(): Promise<boolean> {
  const request = performance.getEntriesByType('resource').findLast(({ name }) => name.includes('/users/pg/'))
  if (!request) return false
  try {
    const response = await fetch(request.name, { credentials: 'omit', signal: AbortSignal.timeout(10_000) })
    return Boolean((await response.json()).code)
  } catch {
    return false
  }
}

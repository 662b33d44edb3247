import type { Channel } from '../channels.ts'
import type { Account, Params } from './request.ts'

/** Upstream asks synchronously and blocks the page meanwhile; this does not. */
export async function fetchChannels(base: URL, { userCode, tier }: Account): Promise<Channel[]> {
  const address = new URL(`service/users/pg/${encodeURIComponent(userCode)}`, base)
  if (tier) address.searchParams.set('tier', tier)
  try {
    const answer: { code: number; data: Channel[] } = await (await fetch(address)).json()
    return answer.code === 0 ? answer.data : []
  } catch {
    return []
  }
}

/** A `pg` that nobody knows silently means the first channel; an unknown `channelKey` means none. */
export function pickChannel(channels: readonly Channel[], { pg, channelKey }: Params): Channel | undefined {
  if (channelKey) return channels.find(({ channel_key }) => channel_key === channelKey)
  const [provider, ...rest] = String(pg ?? '').split('.')
  const pgId = rest.join('.')
  const match = channels.find(
    ({ pg_provider, pg_id }) => pg_provider === provider && (pgId === '' || pg_id === pgId),
  )
  return match ?? channels[0]
}

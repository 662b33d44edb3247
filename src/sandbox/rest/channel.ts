import { type Channel, channels } from '../engine/channels.ts'

/** As upstream: what nobody knows, or nobody names, is the first channel. */
export function channelOf(wish: {
  channel_key?: string | null | undefined
  pg?: string | null | undefined
}): Channel {
  const named = channels.find(
    ({ channel_key, pg_provider, pg_id }) =>
      channel_key === wish.channel_key ||
      wish.pg === pg_provider ||
      wish.pg === pg_id ||
      wish.pg === `${pg_provider}.${pg_id}`,
  )
  return named ?? channels[0]
}

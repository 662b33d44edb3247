import { type Channel, channels } from '../engine/channels.ts'

/** As upstream, falls back to the first channel. */
export function findChannelOrDefault(selector: {
  channel_key?: string | null | undefined
  pg?: string | null | undefined
}): Channel {
  const matching = channels.find(
    ({ channel_key, pg_provider, pg_id }) =>
      channel_key === selector.channel_key ||
      selector.pg === pg_provider ||
      selector.pg === pg_id ||
      selector.pg === `${pg_provider}.${pg_id}`,
  )
  return matching ?? channels[0]
}

import type { Channel } from '../engine/channels.ts'
import type { Account } from './request.ts'

/** A channel as returned by `users/pg`. */
export interface ListedChannel extends Channel {
  store_id: string
  type: string
  sandbox: boolean
}

export interface ChannelList {
  code: number
  data: ListedChannel[]
  msg: string | null
}

/**
 * Synchronous, as upstream: blocks the page until the response arrives.
 * Returns null for an HTTP error; throws network and parse errors.
 */
export function fetchChannels(base: URL, { userCode, tier }: Account): ChannelList | null {
  const address = new URL(`service/users/pg/${encodeURIComponent(userCode)}`, base)
  if (tier) address.searchParams.set('tier', tier)
  const request = new XMLHttpRequest()
  request.open('GET', address, false)
  request.send()
  return request.status < 400 ? JSON.parse(request.response) : null
}

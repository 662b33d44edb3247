// A customer without a browser: sends the page's requests.
import type { Checkout, PageFailure, SettleResult } from '../../src/contract/links/checkout.ts'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import { ownConnection } from './own-connection.ts'

export type Answer<Body> = { status: number; body: Body }

let visitors = 0

/** A new client address; effective if the edge runs with `TRUST_PROXY=x-forwarded-for:1`. */
export function anAddress(): string {
  visitors += 1
  return `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`
}

/** @param address the client address that the proxy reports */
export function customerAt(base: string, address: string = anAddress()) {
  async function ask<Body>(path: string, body?: object): Promise<Answer<Body>> {
    const response = await fetch(`${base}/links/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...ownConnection,
        'x-forwarded-for': address,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body }
  }

  return {
    view: (id: string) => ask<LinkView>(id),
    checkout: (id: string, method = 'm1') =>
      ask<Checkout & PageFailure>(`${id}/checkout`, { method, language: 'ko' }),
    settle: (id: string, imp_uid?: string) =>
      ask<SettleResult & PageFailure>(`${id}/settle`, imp_uid === undefined ? {} : { imp_uid }),
    sendCard: (id: string, card: object) =>
      ask<SettleResult & PageFailure & { status: string }>(`${id}/card`, card),
    notice: (id: string, imp_uid: string) => ask<object>(`${id}/notice`, { imp_uid, status: 'paid' }),
  }
}

export type Customer = ReturnType<typeof customerAt>

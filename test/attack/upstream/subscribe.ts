// The `subscribe` API of the mock i'mport: billing keys, and charges without a window.
import type { Entry, Records } from './records.ts'
import type { Call } from './rest.ts'

export interface Subscriptions {
  /** @returns undefined for other requests */
  route(call: Call, account: string): Response | undefined
  /** Makes the charge of a `onetime` request, even if its response is lost. */
  charge(account: string, body: Record<string, unknown>): Entry
}

export function createSubscriptions(records: Records, seconds: () => number): Subscriptions {
  const keys = new Map<string, Record<string, unknown>>()
  const answer = (response: unknown) => Response.json({ code: 0, message: null, response })

  const issue = (account: string, customer_uid: string, body: Record<string, unknown>) => {
    const key = {
      customer_uid,
      pg_provider: String(body.pg ?? 'nice_v2').split('.')[0],
      pg_id: 'MOIshop001',
      card_name: '신한카드',
      sandbox: false,
      inserted: seconds(),
      updated: 0,
    }
    keys.set(`${account} ${customer_uid}`, key)
    return key
  }

  /** @param origin through Dari's page, or by the shop's server */
  function charge(account: string, body: Record<string, unknown>, origin: Entry['origin']): Entry {
    const { merchant_uid, amount, name, customer_uid, custom_data, currency, notice_url } = body
    const entry = records.add(account, origin, seconds() * 1000, {
      merchant_uid: String(merchant_uid),
      amount: Number(amount),
      name: String(name ?? ''),
      currency: String(currency ?? 'KRW'),
      custom_data: typeof custom_data === 'string' ? custom_data : null,
      customer_uid: String(customer_uid ?? ''),
      channel: 'api',
      status: 'paid',
      paid_at: seconds(),
    })
    entry.approvedAt = entry.openedAt
    entry.permittedUntil = origin === 'elsewhere' ? null : entry.openedAt
    entry.noticeUrls = typeof notice_url === 'string' ? [notice_url] : []
    return entry
  }

  const chargeOnce: Subscriptions['charge'] = (account, body) => {
    issue(account, String(body.customer_uid), body)
    return charge(account, body, 'window')
  }

  return {
    charge: chargeOnce,
    route({ method, path, body }, account) {
      const [, first, second, third = ''] = path.split('/').map(decodeURIComponent)
      if (first !== 'subscribe') return undefined
      if (second === 'payments' && third === 'again') return answer(charge(account, body, 'elsewhere').wire)
      if (second === 'payments' && third === 'onetime') return answer(chargeOnce(account, body).wire)
      if (second !== 'customers')
        return Response.json({ code: -1, message: '', response: null }, { status: 404 })
      const named = `${account} ${third}`
      if (method === 'POST') return answer(issue(account, third, body))
      const key = keys.get(named)
      if (!key)
        return Response.json(
          { code: 1, message: '존재하지 않는 빌링키입니다.', response: null },
          { status: 404 },
        )
      if (method === 'DELETE') keys.delete(named)
      return answer(key)
    },
  }
}

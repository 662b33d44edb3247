// Drives the sandbox's payment windows over HTTP, as a browser would. Uses only the sandbox's wire format, so
// it works for any edge.
import { ownConnection } from './own-connection.ts'

export interface WindowParams {
  merchant_uid: string
  amount: number
  [field: string]: unknown
}

/** The window's result for the page. */
export interface Result {
  imp_uid: string
  merchant_uid: string
  success?: boolean
  error_msg?: string
}

/** A payment in i'mport's REST API. */
export interface Payment {
  imp_uid: string
  merchant_uid: string
  status: 'ready' | 'paid' | 'failed' | 'cancelled'
  amount: number
  cancel_amount: number
}

interface Channel {
  pg_provider: string
  pg_id: string
}

const userCode = 'imp00000000'

/** @param sandbox its base URL: `http://localhost:3000/sandbox` */
export function gatewayAt(sandbox: string) {
  let channels: Promise<Channel[]> | undefined
  let token: string | undefined

  async function send<Answer>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const isForm = body instanceof URLSearchParams
    const response = await fetch(sandbox + path, {
      headers: {
        ...ownConnection,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { method: 'POST', body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    try {
      return JSON.parse(text) as Answer
    } catch {
      throw new Error(`${path} answered ${response.status}: ${text.slice(0, 200)}`)
    }
  }

  /** Like the SDK: the channel of `pg`, or the first one. */
  async function channelOf(pg: unknown): Promise<Channel | undefined> {
    channels ??= send<{ data: Channel[] }>(`/service/users/pg/${userCode}`).then(({ data }) => data)
    const all = await channels
    const [provider, id] = String(pg ?? '').split('.')
    return all.find(({ pg_provider, pg_id }) => pg_provider === provider && (!id || id === pg_id)) ?? all[0]
  }

  /** Opens a window. @returns its key; throws the gateway's message if it refuses */
  async function open(params: WindowParams): Promise<string> {
    const channel = await channelOf(params.pg)
    const opened = await send<{ key?: string; error_msg?: string }>('/window/open', {
      user_code: userCode,
      provider: channel?.pg_provider,
      pg_id: channel?.pg_id,
      origin: 'https://shop.example',
      data: params,
    })
    if (!opened.key) throw new Error(`no window for ${params.merchant_uid}: ${opened.error_msg}`)
    return opened.key
  }

  async function press(key: string, act: 'approve' | 'decline' | 'cancel'): Promise<Result> {
    const answer = await send<{ message: string }>(`/window/${key}`, new URLSearchParams({ act }), {
      accept: 'application/json',
    })
    const message = JSON.parse(answer.message) as { data?: Result; transactionResponse?: Result }
    const result = message.data ?? message.transactionResponse
    if (!result) throw new Error(`the window answered ${answer.message}`)
    return result
  }

  async function rest<Answer>(path: string): Promise<Answer> {
    token ??= await send<{ response: { access_token: string } }>('/api/users/getToken', {
      imp_key: 'sandbox',
      imp_secret: 'sandbox',
    }).then(({ response }) => response.access_token)
    return send<Answer>(`/api${path}`, undefined, { authorization: token ?? '' })
  }

  return {
    open,
    press,
    async pay(params: WindowParams): Promise<Result> {
      return press(await open(params), 'approve')
    },
    /** All payments of an order, whatever their status. */
    async payments(merchantUid: string): Promise<Payment[]> {
      const path = `/payments/findAll/${encodeURIComponent(merchantUid)}?limit=1000`
      const { response } = await rest<{ response: { list: Payment[] } | null }>(path)
      return response?.list ?? []
    },
    /** Whether a card is registered for the customer. */
    async hasCard(customerUid: string): Promise<boolean> {
      const path = `/subscribe/customers/${encodeURIComponent(customerUid)}`
      return (await rest<{ code: number }>(path)).code === 0
    },
    control: (orders: Record<string, unknown>) => send<{ ok: boolean }>('/control', orders),
  }
}

export type Gateway = ReturnType<typeof gatewayAt>

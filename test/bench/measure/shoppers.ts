// Requests to the edges of a stage in turn.
import { Agent } from 'undici'
import type { Checkout } from '../../../src/contract/links/checkout.ts'
import { anAddress } from '../../support/customer.ts'
import { anOrder } from '../../support/merchant.ts'
import type { Receiver } from '../../support/receiver.ts'
import type { Stage } from '../../support/stage.ts'

/** Rejects unless the response is 200. */
export type Work = () => Promise<unknown>

const links = '/api/supplements/v1/link/payment'
const maxViewed = 500

export function clientsOf({ edges, merchant, gateway }: Stage, receiver: Receiver) {
  const dispatcher = new Agent({ connections: 64 })
  const linkIds: string[] = []
  let turn = 0
  let token: Promise<string> | undefined

  async function send<Body>(
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Body> {
    turn += 1
    const edge = edges[turn % edges.length]
    const { statusCode, body: answer } = await dispatcher.request({
      origin: `http://127.0.0.1:${edge?.port}`,
      path,
      method: body ? 'POST' : 'GET',
      headers: { 'x-forwarded-for': anAddress(), 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${text}`)
    return JSON.parse(text) as Body
  }

  async function create(): Promise<string> {
    token ??= merchant.token()
    const order = anOrder({ notice_url: `${receiver.url}/notice` })
    const { shortenedUrl } = await send<{ shortenedUrl: string }>(links, order, {
      authorization: await token,
    })
    const id = shortenedUrl.split('/').at(-1) ?? ''
    if (linkIds.length < maxViewed) linkIds.push(id)
    return id
  }

  return {
    create,
    view: () => send(`/links/${linkIds[turn % linkIds.length]}`),
    /** Creates, opens, approves and settles a payment; its event is delivered meanwhile. */
    async payment() {
      const id = await create()
      const { params } = await send<Checkout>(`/links/${id}/checkout`, { method: 'm1', language: 'ko' })
      const { imp_uid } = await gateway.pay(params)
      const { status } = await send<{ status: string }>(`/links/${id}/settle`, { imp_uid })
      if (status !== 'paid') throw new Error(`settled to ${status}`)
    },
  } satisfies Record<string, Work>
}

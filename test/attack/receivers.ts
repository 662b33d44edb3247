// The merchants' webhook receivers, for events and notices.
import { parse } from './edge/edge.ts'

export interface Received {
  url: string
  id: string | null
  /** Type of an event; notices have none. */
  type: string | undefined
  body: Record<string, unknown>
  headers: Headers
}

export interface EventBody {
  type: string
  data: {
    link: { id: string; merchant_uid: string; status: string }
    payment: { imp_uid: string; amount: number; returned: number } | null
    why: string
  }
}

export interface Receivers {
  received: Received[]
  handle(request: Request): Promise<Response>
  /** Response of a host; the default is 200. */
  answers: Map<string, (request: Request) => Promise<Response>>
}

export function createReceivers(): Receivers {
  const received: Received[] = []
  const answers: Receivers['answers'] = new Map()
  return {
    received,
    answers,
    async handle(request) {
      const { hostname } = new URL(request.url)
      const text = await request.text()
      const answer = await answers.get(hostname)?.(request)
      const body = (parse(text) ?? {}) as Record<string, unknown>
      const type = typeof body.type === 'string' ? body.type : undefined
      if (!answer || answer.ok)
        received.push({
          url: request.url,
          id: request.headers.get('webhook-id'),
          type,
          body,
          headers: request.headers,
        })
      return answer ?? new Response(null, { status: 200 })
    },
  }
}

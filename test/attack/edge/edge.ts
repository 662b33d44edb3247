// A running Dari, wherever it runs.
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON, or undefined. */
  json: unknown
}

export interface Edge {
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Waits for the work that requests left to run after their responses. */
  idle(): Promise<void>
  /** Runs every background job once. */
  work(): Promise<void>
  /** Reconciles once. @returns whether more is due at once */
  reconcile(): Promise<boolean>
  /** Delivers events once, like a server every second. */
  deliver(): Promise<void>
  /** The log so far. */
  log(): string
  close(): Promise<void>
}

export interface EdgeOptions {
  env: Record<string, string>
  /** A file, or `:memory:`. */
  database: string
  /** The true time in ms. */
  now: () => number
  iamport: (request: Request) => Promise<Response>
  /** Responds for the merchants' URLs. */
  outgoing: (request: Request) => Promise<Response>
  /** Rate limits as in the built server; without it there are none. */
  limited: boolean
}

export async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response
  const text = await response.text()
  return { status, headers, text, json: parse(text) }
}

export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function initOf(method: string, given: unknown, headers: Record<string, string>): RequestInit {
  if (given === undefined) return { method, headers }
  const isForm = given instanceof URLSearchParams
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
  const body = isForm ? given.toString() : typeof given === 'string' ? given : JSON.stringify(given)
  return { method, body, headers: { 'content-type': type, ...headers } }
}

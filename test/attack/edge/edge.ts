// A Dari to attack, wherever it runs.
export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The body as JSON, or nothing. */
  json: unknown
}

export interface Edge {
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** What requests left to be done beside their answers. */
  idle(): Promise<void>
  /** One round of all that runs by the clock. */
  work(): Promise<void>
  /** One round of asking i'mport. @returns whether it wants to go on at once */
  reconcile(): Promise<boolean>
  /** One round of telling merchants, as a server begins every second. */
  deliver(): Promise<void>
  /** Everything that it logged. */
  log(): string
  close(): Promise<void>
}

export interface EdgeOptions {
  env: Record<string, string>
  /** A file, or `:memory:`. */
  database: string
  /** The true time, in ms. */
  now: () => number
  iamport: (request: Request) => Promise<Response>
  /** The addresses that merchants named. */
  outgoing: (request: Request) => Promise<Response>
  /** Counts as the built server does; without, nothing is limited. */
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

// A client of W3C WebDriver (https://www.w3.org/TR/webdriver2/) with the commands that these tests need.
import { setTimeout as sleep } from 'node:timers/promises'

const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/** Code points of keys in WebDriver. */
export const keys = { tab: '\uE004', enter: '\uE007' }

const timeoutMs = 30_000

const hasAlert = 'unexpected alert open'

interface Failure {
  error: string
  message: string
}

export class WebDriverError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

async function send<Value>(
  method: string,
  url: string,
  body?: unknown,
  withinMs = 2 * timeoutMs,
): Promise<Value> {
  const response = await fetch(url, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(withinMs),
  }).catch((cause) => {
    throw new Error(`${method} ${new URL(url).pathname}: no answer`, { cause })
  })
  const { value } = (await response.json()) as { value: Value | Failure }
  if (response.ok) return value as Value
  const { error, message } = value as Failure
  const text = error === hasAlert ? await alertText(url) : message
  throw new WebDriverError(error, `${method} ${new URL(url).pathname}: ${error}: ${text}`)
}

/** Text of an unexpected alert, for instance of a popup blocker. */
async function alertText(url: string): Promise<string> {
  const [session = ''] = /^.*\/session\/[^/]+/.exec(url) ?? []
  const response = await fetch(`${session}/alert/text`)
  const { value } = (await response.json()) as { value: unknown }
  return String(value)
}

/** Polls until `poll` returns a value, also while the page is being replaced. */
export async function until<Value>(
  what: string,
  poll: () => Promise<Value | undefined | false>,
): Promise<Value> {
  const end = Date.now() + timeoutMs
  let last: unknown
  while (Date.now() < end) {
    try {
      const value = await poll()
      if (value !== undefined && value !== false) return value
      last = value
    } catch (error) {
      // Waiting does not close an alert.
      if (!(error instanceof WebDriverError) || error.code === hasAlert) throw error
      last = error
    }
    await sleep(50)
  }
  throw new Error(`waited in vain: ${what}`, { cause: last })
}

/** @param driver its URL */
export async function openSession(driver: string, capabilities: Record<string, unknown>) {
  const alwaysMatch = { unhandledPromptBehavior: 'ignore', ...capabilities }
  const body = { capabilities: { alwaysMatch } }
  const { sessionId } = await send<{ sessionId: string }>('POST', `${driver}/session`, body, timeoutMs)
  const session = `${driver}/session/${sessionId}`
  const get = <Value>(path: string) => send<Value>('GET', session + path)
  const post = <Value>(path: string, body: object = {}) => send<Value>('POST', session + path, body)

  const find = async (using: 'css selector' | 'xpath', value: string) =>
    (await post<Record<string, string>>('/element', { using, value }))[elementKey] ?? ''

  const run = <Value>(script: string, ...args: unknown[]) => post<Value>('/execute/sync', { script, args })

  return {
    goTo: (url: string) => post('/url', { url }),
    run,
    /** Waits for the page's event handlers. */
    turn: () => post('/execute/async', { script: 'setTimeout(() => setTimeout(arguments[0]))', args: [] }),
    /** Attribute of the first match; undefined if there is none. */
    attribute: (css: string, name: string) =>
      run<string | null>(
        'return document.querySelector(arguments[0])?.getAttribute(arguments[1])',
        css,
        name,
      ),
    text: (css: string) => run<string>('return document.querySelector(arguments[0])?.textContent ?? ""', css),
    /** Clicks with a real pointer, once the element is there and uncovered. */
    click: (css: string) =>
      until(`${css} to press`, async () => {
        await post(`/element/${await find('css selector', css)}/click`)
        return true
      }),
    async press(...typed: string[]): Promise<void> {
      const actions = typed.flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
      await post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
    },
    windows: () => get<string[]>('/window/handles'),
    currentWindow: () => get<string>('/window'),
    switchTo: (handle: string) => post('/window', { handle }),
    closeWindow: () => send('DELETE', `${session}/window`),
    enterFrame: (css: string) =>
      until(`the frame ${css}`, async () => {
        await post('/frame', { id: { [elementKey]: await find('css selector', css) } })
        return true
      }),
    leaveFrame: () => post('/frame', { id: null }),
    screenshot: async () => Buffer.from(await get<string>('/screenshot'), 'base64'),
  }
}

export type Session = Awaited<ReturnType<typeof openSession>> & { close: () => Promise<void> }

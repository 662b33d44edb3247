// One customer's browser context with mocked upstream hosts.
import { type BrowserContextOptions, devices, type Frame, type Page } from 'playwright'
import type { Environment } from './environment.ts'
import { answerUpstream, type Hosts } from './hosts.ts'

export type Device = 'desktop' | 'Android' | 'iPhone'

const contexts: Record<Device, BrowserContextOptions> = {
  desktop: { viewport: { width: 1280, height: 800 } },
  Android: devices['Pixel 7'] ?? {},
  iPhone: devices['iPhone 13'] ?? {},
}

/** A message from the SDK to a frame. */
export interface FrameMessage {
  frame: Frame
  message: { action?: string; from?: string; version?: string; origin?: string; data: Data }
}

export interface Data {
  request_id?: string
  merchant_uid?: string
  result?: string
  [name: string]: unknown
}

export type Imp = Record<
  'init' | 'agency' | 'deinit' | 'close' | 'request_pay',
  (...given: unknown[]) => unknown
>
export type Shop = typeof globalThis & { IMP: Imp; results: object[]; called?: unknown[] }

export interface Visit {
  page: Page
  environment: Environment
  hosts: Hosts
  device: Device
  alerts: string[]
  errors: string[]
  /** Violations of the page's content security policy. */
  violations: string[]
  /** @returns the next message to a frame with this action, sender or result */
  nextMessage: (wantedName: string) => Promise<FrameMessage>
  close: () => Promise<void>
}

export async function visit(environment: Environment, device: Device): Promise<Visit> {
  const context = await environment.browser.newContext({ ...contexts[device], locale: 'ko-KR' })
  const hosts: Hosts = {
    usersPg: 'answers',
    frames: 'load',
    prepare: 'IFRAME',
    channels: ['html5_inicis', 'kakaopay', 'payco'],
    requests: [],
    startTransaction: () => 'imp_1',
    prepared: [],
  }
  await answerUpstream(context, hosts)
  const messages: FrameMessage[] = []
  let wake = () => {}
  await context.exposeBinding('heardInFrame', ({ frame }, message: FrameMessage['message']) => {
    messages.push({ frame, message })
    wake()
  })
  const alerts: string[] = []
  const errors: string[] = []
  const violations: string[] = []
  const page = await context.newPage()
  page.on('dialog', (dialog) => {
    alerts.push(dialog.message())
    void dialog.accept()
  })
  page.on('pageerror', ({ message }) => errors.push(message))
  page.on('console', (message) => {
    if (/Content Security Policy|requires 'Trusted/.test(message.text())) violations.push(message.text())
  })

  async function nextMessage(wantedName: string): Promise<FrameMessage> {
    for (;;) {
      const index = messages.findIndex(({ message: { action, from, data } }) =>
        [action, from, data?.result].includes(wantedName),
      )
      const [found] = index < 0 ? [] : messages.splice(index, 1)
      if (found) return found
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  return {
    page,
    environment,
    hosts,
    device,
    alerts,
    errors,
    violations,
    nextMessage,
    close: () => context.close(),
  }
}

/** Posts a message from upstream's frame to the page. */
export const postFromFrame = (frame: Frame, action: string, data: object): Promise<void> =>
  frame.evaluate((text) => parent.postMessage(text, '*'), JSON.stringify({ action, data }))

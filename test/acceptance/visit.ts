// One customer's browser context with mocked upstream hosts.
import { type BrowserContextOptions, devices, type Frame, type Page } from 'playwright'
import { answerUpstream, type Hosts } from './hosts.ts'
import type { Stage } from './stage.ts'

export type Device = 'desktop' | 'Android' | 'iPhone'

const contexts: Record<Device, BrowserContextOptions> = {
  desktop: { viewport: { width: 1280, height: 800 } },
  Android: devices['Pixel 7'] ?? {},
  iPhone: devices['iPhone 13'] ?? {},
}

/** A message from the SDK to a frame. */
export interface Heard {
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
  stage: Stage
  hosts: Hosts
  device: Device
  alerts: string[]
  errors: string[]
  /** Violations of the page's content security policy. */
  violations: string[]
  /** @returns the next message to a frame with this action, sender or result */
  heard: (wanted: string) => Promise<Heard>
  close: () => Promise<void>
}

export async function visit(stage: Stage, device: Device): Promise<Visit> {
  const context = await stage.browser.newContext({ ...contexts[device], locale: 'ko-KR' })
  const hosts: Hosts = {
    usersPg: 'answers',
    frames: 'load',
    prepare: 'IFRAME',
    channels: ['html5_inicis', 'kakaopay', 'payco'],
    asked: [],
    enter: () => 'imp_1',
    prepared: [],
  }
  await answerUpstream(context, hosts)
  const messages: Heard[] = []
  let wake = () => {}
  await context.exposeBinding('heardInFrame', ({ frame }, message: Heard['message']) => {
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

  async function heard(wanted: string): Promise<Heard> {
    for (;;) {
      const index = messages.findIndex(({ message: { action: said, from, data } }) =>
        [said, from, data?.result].includes(wanted),
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
    stage,
    hosts,
    device,
    alerts,
    errors,
    violations,
    heard,
    close: () => context.close(),
  }
}

/** Posts a message from upstream's frame to the page. */
export const say = (frame: Frame, action: string, data: object): Promise<void> =>
  frame.evaluate((text) => parent.postMessage(text, '*'), JSON.stringify({ action, data }))

// Opening, watching and closing the payment window on a minimal fake DOM.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aCheckout } from '../support/builders.ts'

type Pay = (params: Record<string, unknown>, callback: (response?: unknown) => void) => void

const calls: string[] = []
const body = { childElementCount: 3, classList: { remove: () => {} }, style: {} }
const dialog = { display: 'none' }
const reload = vi.fn()
const noEvents = { addEventListener: () => {}, removeEventListener: () => {} }

async function aPage(request_pay: Pay, open: () => unknown = () => null) {
  vi.resetModules()
  const IMP = { request_pay, close: () => calls.push('close'), deinit: () => calls.push('deinit') }
  vi.stubGlobal('window', { IMP, open })
  const { openWindow, paymentWindow } = await import('../../src/page/browser/payment-window.ts')
  const { loadSdk, sdkProgress } = await import('../../src/page/browser/sdk.ts')
  const closing = await import('../../src/page/browser/close-window.ts')
  const closeWindow = () => closing.closeWindow(paymentWindow, sdkProgress)
  const returned = vi.fn()
  const openAndWatch = () => {
    openWindow(aCheckout(), returned)
    closing.watchWindow(paymentWindow)
  }
  return { openWindow: openAndWatch, closeWindow, loadSdk, returned }
}

beforeEach(() => {
  calls.length = 0
  body.childElementCount = 3
  dialog.display = 'none'
  reload.mockReset()
  vi.useFakeTimers()
  vi.stubGlobal('document', { body, querySelector: () => dialog, getElementById: () => null, ...noEvents })
  vi.stubGlobal('getComputedStyle', (element: object) => element)
  vi.stubGlobal('location', { reload })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const shows: Pay = () => {
  dialog.display = 'block'
}

describe("the SDK's callback", () => {
  test('modifies only a copy of the granted parameters', async () => {
    const checkout = aCheckout()
    const before = structuredClone(checkout)
    await aPage((params) => {
      params.request_id = 'req_1'
    })
    const { openWindow } = await import('../../src/page/browser/payment-window.ts')
    openWindow(checkout, () => {})
    expect(checkout).toEqual(before)
  })
  test.each<[string, unknown, string | undefined]>([
    ['an id', { imp_uid: 'imp_1', success: false }, 'imp_1'],
    ['no id', { imp_uid: null }, undefined],
    ['an id that is no text', { imp_uid: { toString: 1 } }, undefined],
    ['nothing', undefined, undefined],
  ])('yields a payment ID only if it is text: %s', async (_, response, impUid) => {
    const page = await aPage((_, callback) => callback(response))
    page.openWindow()
    expect(page.returned.mock.calls).toEqual([[{ impUid }]])
  })
  test("reports upstream's message if it refuses before any window", async () => {
    const answer = { success: false, imp_uid: null, error_code: 'NOT_READY', error_msg: 'no channels' }
    const page = await aPage((_, callback) => callback(answer))
    page.openWindow()
    const failure = { code: 'NOT_READY', message: 'no channels', shown: false }
    expect(page.returned.mock.calls).toEqual([[{ impUid: undefined, failure }]])
    page.closeWindow()
    expect(calls).toEqual([])
  })
  test('asks the edge first if it refuses while a window is shown', async () => {
    const page = await aPage((_, callback) => {
      dialog.display = 'block'
      callback({ error_code: 'F500', error_msg: '' })
    })
    page.openWindow()
    expect(page.returned.mock.calls[0]?.[0]).toMatchObject({ failure: { code: 'F500', shown: true } })
  })
  test('is not awaited after the SDK has thrown', async () => {
    const page = await aPage(() => {
      throw new Error('broken')
    })
    page.openWindow()
    expect(page.returned.mock.calls[0]?.[0]).toMatchObject({ failure: { code: 'SDK_ERROR', shown: false } })
  })
  test('changes nothing after the page has closed the window', async () => {
    let answer = (_: object) => {}
    const page = await aPage((_, callback) => {
      answer = callback
    })
    page.openWindow()
    page.closeWindow()
    answer({ imp_uid: 'imp_1' })
    expect(page.returned).not.toHaveBeenCalled()
  })
})

describe('a payment window', () => {
  test("reports a blocked popup after the SDK's own alert", async () => {
    const page = await aPage(() => {
      window.open('')
      dialog.display = 'block'
    })
    page.openWindow()
    expect(page.returned).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(page.returned.mock.calls[0]?.[0]).toMatchObject({
      failure: { code: 'POPUP_BLOCKED', shown: false },
    })
    page.closeWindow()
    expect(calls).toEqual(['close', 'deinit'])
  })
  test('reports a queued request and reloads the page before the next attempt', async () => {
    const page = await aPage(() => {})
    page.openWindow()
    vi.advanceTimersByTime(14_999)
    expect(page.returned).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(page.returned.mock.calls[0]?.[0]).toMatchObject({ failure: { code: 'NOT_OPENED', shown: false } })
    page.closeWindow()
    expect(calls).toEqual(['deinit'])
    page.loadSdk({ url: '', user_code: 'imp1' }, 'https://pay.shop.kr', () => {})
    expect(reload).toHaveBeenCalledOnce()
  })
  test.each<[string, Pay]>([
    ['a dialog', shows],
    ['an overlay of its own', () => (body.childElementCount += 1)],
    ['a popup', () => window.open('')],
  ])('counts as open once %s is shown, however long the customer takes', async (_, pay) => {
    const page = await aPage(pay, () => ({ close: () => calls.push('popup') }))
    page.openWindow()
    vi.advanceTimersByTime(3_600_000)
    expect(page.returned).not.toHaveBeenCalled()
  })
})

test('closing the popup ends a window even if the SDK does not report it', async () => {
  const popup = { close: () => {}, closed: false }
  const page = await aPage(
    () => {
      window.open('')
      dialog.display = 'block'
    },
    () => popup,
  )
  page.openWindow()
  vi.advanceTimersByTime(60_000)
  popup.closed = true
  vi.advanceTimersByTime(2_500)
  expect(page.returned).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1_000)
  expect(page.returned.mock.calls[0]?.[0]).toMatchObject({ failure: { code: 'POPUP_CLOSED' } })
})

test('closing the window restores the page and closes the popup', async () => {
  const page = await aPage(
    () => {
      window.open('')
      dialog.display = 'block'
    },
    () => ({ close: () => calls.push('popup') }),
  )
  page.openWindow()
  page.closeWindow()
  expect(calls).toEqual(['popup', 'close', 'deinit'])
  const { open } = window
  expect(open()).toEqual({ close: expect.any(Function) })
  expect(reload).not.toHaveBeenCalled()
})

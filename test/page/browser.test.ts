import { afterEach, describe, expect, test, vi } from 'vitest'
import { linkIdIn, takeGatewayResult } from '../../src/page/browser/address.ts'
import { createEdgeClient } from '../../src/page/browser/edge-client.ts'
import { externalBrowserLink } from '../../src/page/browser/external-browser.ts'
import { mayOpen } from '../../src/page/browser/popup-blocker.ts'
import { modelOf } from '../../src/page/flow/model.ts'
import { nextPollMs } from '../../src/page/flow/poll-schedule.ts'
import { needsPress } from '../../src/page/flow/popup.ts'
import { aCheckout, anAwaitingLink, anOpenLink, aPaidLink } from '../support/builders.ts'

const at = (href: string) => new URL(href) as unknown as Location

describe('page address', () => {
  test.each([
    ['https://pay.shop.kr/abc123', 'abc123'],
    ['https://pay.shop.kr/abc123/return?imp_uid=imp_1', 'abc123'],
    ['https://static.shop.kr/pay/abc123', 'abc123'],
    ['https://static.shop.kr/#/abc123', 'abc123'],
    ['https://static.shop.kr/index.html#abc123', 'abc123'],
    ['https://static.shop.kr/', ''],
  ])('reads from %s the link ID "%s"', (href, id) => {
    expect(linkIdIn(at(href))).toBe(id)
  })

  test("removes the gateway's result from the address after reading it once", () => {
    const replaceState = vi.fn()
    const location = at(
      'https://pay.shop.kr/abc/return?imp_uid=imp_1&merchant_uid=o1&imp_success=true&error_msg=%3Cb%3E',
    )
    expect(takeGatewayResult(location, { replaceState } as unknown as History)).toEqual({ impUid: 'imp_1' })
    expect(replaceState).toHaveBeenCalledWith(null, '', '/abc')
  })

  test('drops the rest of a gateway message after its # and does not read it as a link ID', () => {
    const replaceState = vi.fn()
    const history = { replaceState } as unknown as History
    const location = at('https://pay.shop.kr/abc/return?imp_uid=imp_1&error_msg=[1]%20#2&imp_success=false')
    expect(takeGatewayResult(location, history)).toEqual({ impUid: 'imp_1' })
    expect(replaceState).toHaveBeenCalledWith(null, '', '/abc')
    const byHash = at('https://static.shop.kr/?imp_uid=imp_1#/abc')
    expect(takeGatewayResult(byHash, history)).toEqual({ impUid: 'imp_1' })
    expect(replaceState).toHaveBeenLastCalledWith(null, '', '/#/abc')
  })

  test('treats the return path without a result as a return', () => {
    const history = { replaceState: vi.fn() } as unknown as History
    expect(takeGatewayResult(at('https://pay.shop.kr/abc/return'), history)).toEqual({ impUid: undefined })
    expect(takeGatewayResult(at('https://pay.shop.kr/abc?lang=en'), history)).toBeNull()
  })
})

describe('edge client', () => {
  const answering = (status: number, body: string) =>
    createEdgeClient('', async () => new Response(body, { status }), 'tab-1')

  test.each([
    ['a broken answer', 200, '{"status":"paid"'],
    ['a page of a proxy', 502, '<html>'],
    ['a status nobody knows', 200, JSON.stringify({ ...aPaidLink, status: 'settling' })],
    ['paid without a receipt', 200, JSON.stringify({ ...aPaidLink, receipt: undefined })],
    ['an error', 500, '{"reason":"internal"}'],
    ['an edge without its database', 503, '{"reason":"unavailable","retry_after":5}'],
  ])('treats %s as unreachable, never as success', async (_, status, body) => {
    const edge = answering(status, body)
    expect(await edge.view('a')).toBe('unreachable')
    expect(await edge.settle('a', 'imp_1')).toBe('unsettled')
  })

  test('treats a network error as unreachable, never as success', async () => {
    const edge = createEdgeClient('', () => Promise.reject(new TypeError('gone')), 'tab-1')
    expect([
      await edge.view('a'),
      await edge.checkout('a', { method: 'm1', language: 'ko' }),
      await edge.settle('a', undefined),
    ]).toEqual(['unreachable', 'unreachable', 'unsettled'])
  })

  test('keeps the reason of a refusal', async () => {
    const edge = answering(409, JSON.stringify({ reason: 'not_open', view: aPaidLink }))
    expect(await edge.checkout('a', { method: 'm1', language: 'ko' })).toEqual({
      reason: 'not_open',
      view: aPaidLink,
    })
  })

  test('rejects a permission without parameters', async () => {
    const { params: _, ...rest } = aCheckout()
    expect(await answering(200, JSON.stringify(rest)).checkout('a', { method: 'm1', language: 'ko' })).toBe(
      'unreachable',
    )
  })
})

describe('in-app browser detection', () => {
  const url = 'https://pay.shop.kr/abc'
  const android = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36'
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15'

  test.each([
    [`${iphone} KAKAOTALK 10.0`, `kakaotalk://web/openExternal?url=${encodeURIComponent(url)}`],
    [`${iphone} Safari Line/13.0`, `${url}?openExternalBrowser=1`],
    [`${iphone} NAVER(inapp; search; 1000)`, null],
    [`${iphone} Instagram 300`, null],
  ])('finds the way out of %s', (userAgent, href) => {
    expect(externalBrowserLink(userAgent, url)).toEqual({ href })
  })

  test('opens the default browser on Android through an intent URL', () => {
    expect(externalBrowserLink(`${android} Instagram 300`, url)?.href).toMatch(
      /^intent:\/\/pay\.shop\.kr\/abc#Intent;scheme=https;/,
    )
  })

  test('leaves ordinary browsers alone', () => {
    expect(externalBrowserLink(`${android} Chrome/140 Mobile Safari/537.36`, url)).toBeNull()
  })
})

test('gateways that open a popup need a click, and so do unknown gateways', () => {
  expect(needsPress('html5_inicis', false)).toBe(false)
  expect(needsPress('payco', false)).toBe(true)
  expect(needsPress('payco', true)).toBe(false)
  expect(needsPress('eximbay', true)).toBe(true)
  expect(needsPress(undefined, true)).toBe(true)
})

describe('a click before the permission arrives', () => {
  const bill = (provider: string) =>
    anOpenLink({
      methods: [{ key: 'm1', label: { ko: '결제', en: 'Pay' }, pay_method: 'card', provider }],
    })
  const inBrowser = (vendor: string, isActive = true) =>
    vi.stubGlobal('navigator', { vendor, userActivation: { isActive }, userAgent: 'Mozilla/5.0 (Macintosh)' })
  afterEach(() => vi.unstubAllGlobals())

  test.each([
    ['Chromium', 'Google Inc.'],
    ['Firefox', ''],
  ])('opens a popup in %s while the click is fresh', (_, vendor) => {
    inBrowser(vendor)
    expect(mayOpen('m1', bill('payco'))).toBe(true)
    inBrowser(vendor, false)
    expect(mayOpen('m1', bill('payco'))).toBe(false)
  })

  test('needs a second click in WebKit, even while the first is reported as active', () => {
    inBrowser('Apple Computer, Inc.')
    expect(mayOpen('m1', bill('payco'))).toBe(false)
    expect(mayOpen('m1', bill('html5_inicis'))).toBe(true)
  })
})

describe('polling schedule', () => {
  test('never polls once nothing can change by itself', () => {
    expect(nextPollMs(modelOf(aPaidLink), 0)).toBeNull()
  })

  test('polls soon at first and then less often while the customer waits', () => {
    const pauses = Array.from({ length: 12 }, (_, polls) => nextPollMs(modelOf(anAwaitingLink), polls) ?? 0)
    expect(pauses[0]).toBe(2_000)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect(pauses.at(-1)).toBe(15_000)
  })

  test('polls right after the link expires', () => {
    const ending = anOpenLink({ now: '2026-11-20T06:00:00Z', expires_at: '2026-11-20T06:00:10Z' })
    expect(nextPollMs(modelOf(ending), 0)).toBe(11_000)
  })
})

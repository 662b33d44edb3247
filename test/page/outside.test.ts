import { afterEach, describe, expect, test, vi } from 'vitest'
import { linkIdIn, takeReturn } from '../../src/page/browser/address.ts'
import { edgeAt } from '../../src/page/browser/edge.ts'
import { wayOut } from '../../src/page/browser/in-app.ts'
import { mayOpen } from '../../src/page/browser/popup-blocker.ts'
import { modelOf } from '../../src/page/flow/model.ts'
import { needsPress } from '../../src/page/flow/popup.ts'
import { nextLook } from '../../src/page/flow/watch.ts'
import { aCheckout, anAwaitingLink, anOpenLink, aPaidLink } from '../support/builders.ts'

const at = (href: string) => new URL(href) as unknown as Location

describe('the address', () => {
  test.each([
    ['https://pay.shop.kr/abc123', 'abc123'],
    ['https://pay.shop.kr/abc123/return?imp_uid=imp_1', 'abc123'],
    ['https://static.shop.kr/pay/abc123', 'abc123'],
    ['https://static.shop.kr/#/abc123', 'abc123'],
    ['https://static.shop.kr/index.html#abc123', 'abc123'],
    ['https://static.shop.kr/', ''],
  ])('%s is the link %s', (href, id) => {
    expect(linkIdIn(at(href))).toBe(id)
  })

  test("the gateway's answer is read once and taken out of the address", () => {
    const replaceState = vi.fn()
    const location = at(
      'https://pay.shop.kr/abc/return?imp_uid=imp_1&merchant_uid=o1&imp_success=true&error_msg=%3Cb%3E',
    )
    expect(takeReturn(location, { replaceState } as unknown as History)).toEqual({ impUid: 'imp_1' })
    expect(replaceState).toHaveBeenCalledWith(null, '', '/abc')
  })

  test('a # in the gateway’s message leaves nothing behind, and names no other link', () => {
    const replaceState = vi.fn()
    const history = { replaceState } as unknown as History
    const location = at('https://pay.shop.kr/abc/return?imp_uid=imp_1&error_msg=[1]%20#2&imp_success=false')
    expect(takeReturn(location, history)).toEqual({ impUid: 'imp_1' })
    expect(replaceState).toHaveBeenCalledWith(null, '', '/abc')
    const byHash = at('https://static.shop.kr/?imp_uid=imp_1#/abc')
    expect(takeReturn(byHash, history)).toEqual({ impUid: 'imp_1' })
    expect(replaceState).toHaveBeenLastCalledWith(null, '', '/#/abc')
  })

  test('a return without any answer is still a return', () => {
    const history = { replaceState: vi.fn() } as unknown as History
    expect(takeReturn(at('https://pay.shop.kr/abc/return'), history)).toEqual({ impUid: undefined })
    expect(takeReturn(at('https://pay.shop.kr/abc?lang=en'), history)).toBeNull()
  })
})

describe('the edge', () => {
  const answering = (status: number, body: string) =>
    edgeAt('', async () => new Response(body, { status }), 'tab-1')

  test.each([
    ['a broken answer', 200, '{"status":"paid"'],
    ['a page of a proxy', 502, '<html>'],
    ['a status nobody knows', 200, JSON.stringify({ ...aPaidLink, status: 'settling' })],
    ['paid without a receipt', 200, JSON.stringify({ ...aPaidLink, receipt: undefined })],
    ['an error', 500, '{"reason":"internal"}'],
    ['an edge without its database', 503, '{"reason":"unavailable","retry_after":5}'],
  ])('%s is no news and no success', async (_, status, body) => {
    const edge = answering(status, body)
    expect(await edge.view('a')).toBe('cut')
    expect(await edge.settle('a', 'imp_1')).toBe('unsettled')
  })

  test('a network that is gone is no news and no success', async () => {
    const edge = edgeAt('', () => Promise.reject(new TypeError('gone')), 'tab-1')
    expect([
      await edge.view('a'),
      await edge.checkout('a', { method: 'm1', language: 'ko' }),
      await edge.settle('a', undefined),
    ]).toEqual(['cut', 'cut', 'unsettled'])
  })

  test('a refusal keeps its reason', async () => {
    const edge = answering(409, JSON.stringify({ reason: 'not_open', view: aPaidLink }))
    expect(await edge.checkout('a', { method: 'm1', language: 'ko' })).toEqual({
      reason: 'not_open',
      view: aPaidLink,
    })
  })

  test('a permission without parameters is none', async () => {
    const { params: _, ...rest } = aCheckout()
    expect(await answering(200, JSON.stringify(rest)).checkout('a', { method: 'm1', language: 'ko' })).toBe(
      'cut',
    )
  })
})

describe('browsers inside apps', () => {
  const url = 'https://pay.shop.kr/abc'
  const android = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36'
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15'

  test.each([
    [`${iphone} KAKAOTALK 10.0`, `kakaotalk://web/openExternal?url=${encodeURIComponent(url)}`],
    [`${iphone} Safari Line/13.0`, `${url}?openExternalBrowser=1`],
    [`${iphone} NAVER(inapp; search; 1000)`, null],
    [`${iphone} Instagram 300`, null],
  ])('%s', (userAgent, href) => {
    expect(wayOut(userAgent, url)).toEqual({ href })
  })

  test('on Android the browser is named by an intent', () => {
    expect(wayOut(`${android} Instagram 300`, url)?.href).toMatch(
      /^intent:\/\/pay\.shop\.kr\/abc#Intent;scheme=https;/,
    )
  })

  test('an ordinary browser is left alone', () => {
    expect(wayOut(`${android} Chrome/140 Mobile Safari/537.36`, url)).toBeNull()
  })
})

test('a gateway that opens a popup waits for a press, and so does one that we do not know', () => {
  expect(needsPress('html5_inicis', false)).toBe(false)
  expect(needsPress('payco', false)).toBe(true)
  expect(needsPress('payco', true)).toBe(false)
  expect(needsPress('eximbay', true)).toBe(true)
  expect(needsPress(undefined, true)).toBe(true)
})

describe('the press came before the permission', () => {
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
  ])('in %s a popup opens with the one press while that is fresh', (_, vendor) => {
    inBrowser(vendor)
    expect(mayOpen('m1', bill('payco'))).toBe(true)
    inBrowser(vendor, false)
    expect(mayOpen('m1', bill('payco'))).toBe(false)
  })

  test('in WebKit a popup waits for one more press, however fresh the first is said to be', () => {
    inBrowser('Apple Computer, Inc.')
    expect(mayOpen('m1', bill('payco'))).toBe(false)
    expect(mayOpen('m1', bill('html5_inicis'))).toBe(true)
  })
})

describe('how often the edge is asked again', () => {
  test('never once nothing can change by itself', () => {
    expect(nextLook(modelOf(aPaidLink), 0)).toBeNull()
  })

  test('soon and then ever more rarely while somebody waits', () => {
    const pauses = Array.from({ length: 12 }, (_, looks) => nextLook(modelOf(anAwaitingLink), looks) ?? 0)
    expect(pauses[0]).toBe(2_000)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect(pauses.at(-1)).toBe(15_000)
  })

  test('just after the link ends', () => {
    const ending = anOpenLink({ now: '2026-11-20T06:00:00Z', expires_at: '2026-11-20T06:00:10Z' })
    expect(nextLook(modelOf(ending), 0)).toBe(11_000)
  })
})

// The SDK as the page loads and calls it, on a stand-in for the few things of the DOM that this takes.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OpenLink } from '../../src/contract/link-view.ts'
import { aCheckout } from '../support/builders.ts'

interface Script {
  src: string
  onload: (() => void) | null
  onerror: (() => void) | null
  remove: () => void
}

let scripts: Script[] = []
const sdk: OpenLink['sdk'] = { url: 'https://cdn.iamport.kr/v1/iamport.js', user_code: 'imp1' }

/** A fresh page: the module remembers whether the SDK has begun. */
async function aPage(imp?: Record<string, unknown>) {
  vi.resetModules()
  vi.stubGlobal('window', { IMP: imp })
  return import('../../src/page/outside/sdk.ts')
}

beforeEach(() => {
  scripts = []
  vi.useFakeTimers()
  vi.stubGlobal('document', {
    createElement: () => ({ src: '', onload: null, onerror: null, remove: () => {} }),
    head: { append: (script: Script) => scripts.push(script) },
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('starting', () => {
  test('init is called once, however often the page asks', async () => {
    const init = vi.fn()
    const { loadSdk } = await aPage({ init })
    const told: string[] = []
    loadSdk(sdk, (state) => told.push(state))
    scripts[0]?.onload?.()
    loadSdk(sdk, (state) => told.push(state))
    expect(told).toEqual(['ready', 'ready'])
    expect(init.mock.calls).toEqual([['imp1']])
    expect(scripts.map(({ src }) => src)).toEqual([sdk.url])
  })

  test('a sub-merchant is announced by agency and never as the merchant itself', async () => {
    const [init, agency] = [vi.fn(), vi.fn()]
    const { loadSdk } = await aPage({ init, agency })
    loadSdk({ ...sdk, tier: '001' }, () => {})
    scripts[0]?.onload?.()
    expect(agency.mock.calls).toEqual([['imp1', '001']])
    expect(init).not.toHaveBeenCalled()
  })

  test.each<[string, Record<string, unknown> | undefined]>([
    ['is no SDK at all', undefined],
    [
      'cannot begin',
      {
        init: () => {
          throw new Error('blocked')
        },
      },
    ],
  ])('a script that %s counts as blocked and can be tried again', async (_, imp) => {
    const { loadSdk } = await aPage(imp)
    const told: string[] = []
    loadSdk(sdk, (state) => told.push(state))
    scripts[0]?.onload?.()
    vi.stubGlobal('window', { IMP: { init: () => {} } })
    loadSdk(sdk, (state) => told.push(state))
    scripts[1]?.onload?.()
    expect(told).toEqual(['blocked', 'ready'])
  })

  test('a script that neither comes nor fails counts as blocked after a while, once', async () => {
    const { loadSdk } = await aPage()
    const told: string[] = []
    loadSdk(sdk, (state) => told.push(state))
    vi.advanceTimersByTime(60_000)
    scripts[0]?.onerror?.()
    expect(told).toEqual(['blocked'])
  })
})

describe('the window', () => {
  test('the SDK writes into a copy of what the edge granted', async () => {
    const checkout = aCheckout()
    const before = structuredClone(checkout)
    const { openWindow } = await aPage({
      request_pay: (params: Record<string, unknown>) => {
        params.request_id = 'req_1'
      },
    })
    openWindow(checkout, () => {})
    expect(checkout).toEqual(before)
  })

  test.each<[string, unknown, string | undefined]>([
    ['an id', { imp_uid: 'imp_1', success: false }, 'imp_1'],
    ['no id', { imp_uid: null }, undefined],
    ['nothing', undefined, undefined],
  ])('calling back with %s', async (_, response, impUid) => {
    const { openWindow } = await aPage({
      request_pay: (_: unknown, callback: (response: unknown) => void) => callback(response),
    })
    const returned = vi.fn()
    openWindow(aCheckout(), returned)
    expect(returned.mock.calls).toEqual([[impUid]])
  })

  test('an SDK that throws gives the customer back', async () => {
    const { openWindow } = await aPage({
      request_pay: () => {
        throw new Error('broken')
      },
    })
    const returned = vi.fn()
    openWindow(aCheckout(), returned)
    expect(returned).toHaveBeenCalledOnce()
  })
})

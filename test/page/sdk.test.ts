// The SDK as the page loads and calls it, on a stand-in for the few things of the DOM that this takes.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OpenLink } from '../../src/contract/links/link-view.ts'

interface Script {
  src: string
  onload: (() => void) | null
  onerror: (() => void) | null
  remove: () => void
}

let scripts: Script[] = []
/** What the script brings. */
let coming: Record<string, unknown> | undefined
/** How the next tries to load the channels end; `ready` where nothing is said. */
let channels: ('ready' | 'blocked')[] = []
const page = 'https://pay.shop.kr/abc'
const sdk: OpenLink['sdk'] = { url: 'https://cdn.iamport.kr/v1/iamport.js', user_code: 'imp1' }

/** A fresh page: the module remembers whether the SDK has begun. */
async function aPage(imp?: Record<string, unknown>) {
  vi.resetModules()
  vi.doMock('../../src/page/browser/sdk-channels.ts', () => ({
    loadChannels(init: () => void, tell: (state: 'ready' | 'blocked') => void) {
      try {
        init()
        tell(channels.shift() ?? 'ready')
      } catch {
        tell('blocked')
      }
    },
  }))
  coming = imp
  vi.stubGlobal('window', {})
  return import('../../src/page/browser/sdk.ts')
}

beforeEach(() => {
  scripts = []
  channels = []
  vi.useFakeTimers()
  vi.stubGlobal('document', {
    createElement: () => ({ src: '', onload: null, onerror: null, remove: () => {} }),
    head: {
      append: (script: Script) => {
        scripts.push(script)
        Object.assign(window, { IMP: coming })
      },
    },
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
    loadSdk(sdk, page, (state) => told.push(state))
    scripts[0]?.onload?.()
    loadSdk(sdk, page, (state) => told.push(state))
    expect(told).toEqual(['ready', 'ready'])
    expect(init.mock.calls).toEqual([['imp1']])
    expect(scripts.map(({ src }) => src)).toEqual([sdk.url])
  })

  test('channels that could not be loaded are asked for again by init alone', async () => {
    const init = vi.fn()
    const { loadSdk } = await aPage({ init })
    channels = ['blocked', 'ready']
    const told: string[] = []
    loadSdk(sdk, page, (state) => told.push(state))
    scripts[0]?.onload?.()
    loadSdk(sdk, page, (state) => told.push(state))
    expect(told).toEqual(['blocked', 'ready'])
    expect(init).toHaveBeenCalledTimes(2)
    expect(scripts).toHaveLength(1)
  })

  test.each([
    ['hangs', 'TimeoutError', ['blocked'], 0],
    ['is not to be had', 'TypeError', ['ready'], 1],
  ] as const)(
    'the SDK begins unless the service for its channels is silent: it %s',
    async (_, name, states, begun) => {
      const init = vi.fn()
      const fetch = vi.fn(() => Promise.reject(Object.assign(new Error(), { name })))
      vi.stubGlobal('fetch', fetch)
      const { loadSdk } = await aPage({ init })
      const told: string[] = []
      loadSdk({ ...sdk, channels_url: '/sandbox/service/users/pg/imp1' }, page, (state) => told.push(state))
      scripts[0]?.onload?.()
      await vi.waitFor(() => expect(told).toEqual(states))
      expect(init).toHaveBeenCalledTimes(begun)
      expect(fetch.mock.calls[0]).toMatchObject(['https://pay.shop.kr/sandbox/service/users/pg/imp1', {}])
    },
  )

  test('a sub-merchant is announced by agency and never as the merchant itself', async () => {
    const [init, agency] = [vi.fn(), vi.fn()]
    const { loadSdk } = await aPage({ init, agency })
    loadSdk({ ...sdk, tier: '001' }, page, () => {})
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
    loadSdk(sdk, page, (state) => told.push(state))
    scripts[0]?.onload?.()
    coming = { init: () => {} }
    vi.stubGlobal('window', {})
    loadSdk(sdk, page, (state) => told.push(state))
    scripts[1]?.onload?.()
    expect(told).toEqual(['blocked', 'ready'])
  })

  test('a script that neither comes nor fails counts as blocked after a while, once', async () => {
    const { loadSdk } = await aPage()
    const told: string[] = []
    loadSdk(sdk, page, (state) => told.push(state))
    vi.advanceTimersByTime(60_000)
    scripts[0]?.onerror?.()
    expect(told).toEqual(['blocked'])
  })
})

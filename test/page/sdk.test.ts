// Loading and starting the SDK on a minimal fake DOM.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OpenLink } from '../../src/contract/links/link-view.ts'

interface Script {
  src: string
  onload: (() => void) | null
  onerror: (() => void) | null
  remove: () => void
}

let scripts: Script[] = []
/** Value of `window.IMP` after the script has loaded. */
let coming: Record<string, unknown> | undefined
/** Results of the next attempts to load channels; default `ready`. */
let channels: ('ready' | 'blocked')[] = []
const page = 'https://pay.shop.kr/abc'
const sdk: OpenLink['sdk'] = { url: 'https://cdn.iamport.kr/v1/iamport.js', user_code: 'imp1' }

/** A new page, because the module remembers whether the SDK has started. */
async function aPage(imp?: Record<string, unknown>) {
  vi.resetModules()
  vi.doMock('../../src/page/browser/sdk-channels.ts', () => ({
    loadChannels(init: () => void, report: (state: 'ready' | 'blocked') => void) {
      try {
        init()
        report(channels.shift() ?? 'ready')
      } catch {
        report('blocked')
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

describe('starting the SDK', () => {
  test('calls init once, however often the page asks', async () => {
    const init = vi.fn()
    const { loadSdk } = await aPage({ init })
    const reported: string[] = []
    loadSdk(sdk, page, (state) => reported.push(state))
    scripts[0]?.onload?.()
    loadSdk(sdk, page, (state) => reported.push(state))
    expect(reported).toEqual(['ready', 'ready'])
    expect(init.mock.calls).toEqual([['imp1']])
    expect(scripts.map(({ src }) => src)).toEqual([sdk.url])
  })

  test('reloads failed channels with another init only', async () => {
    const init = vi.fn()
    const { loadSdk } = await aPage({ init })
    channels = ['blocked', 'ready']
    const reported: string[] = []
    loadSdk(sdk, page, (state) => reported.push(state))
    scripts[0]?.onload?.()
    loadSdk(sdk, page, (state) => reported.push(state))
    expect(reported).toEqual(['blocked', 'ready'])
    expect(init).toHaveBeenCalledTimes(2)
    expect(scripts).toHaveLength(1)
  })

  test.each([
    ['hangs', 'TimeoutError', ['blocked'], 0],
    ['is not available', 'TypeError', ['ready'], 1],
  ] as const)(
    'waits only for a channel service that times out: the service %s',
    async (_, name, states, initCalls) => {
      const init = vi.fn()
      const fetch = vi.fn(() => Promise.reject(Object.assign(new Error(), { name })))
      vi.stubGlobal('fetch', fetch)
      const { loadSdk } = await aPage({ init })
      const reported: string[] = []
      loadSdk({ ...sdk, channels_url: '/sandbox/service/users/pg/imp1' }, page, (state) =>
        reported.push(state),
      )
      scripts[0]?.onload?.()
      await vi.waitFor(() => expect(reported).toEqual(states))
      expect(init).toHaveBeenCalledTimes(initCalls)
      expect(fetch.mock.calls[0]).toMatchObject(['https://pay.shop.kr/sandbox/service/users/pg/imp1', {}])
    },
  )

  test('announces a sub-merchant with agency and never as the merchant itself', async () => {
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
      'cannot start',
      {
        init: () => {
          throw new Error('blocked')
        },
      },
    ],
  ])('treats a script that %s as blocked and can be repeated', async (_, imp) => {
    const { loadSdk } = await aPage(imp)
    const reported: string[] = []
    loadSdk(sdk, page, (state) => reported.push(state))
    scripts[0]?.onload?.()
    coming = { init: () => {} }
    vi.stubGlobal('window', {})
    loadSdk(sdk, page, (state) => reported.push(state))
    scripts[1]?.onload?.()
    expect(reported).toEqual(['blocked', 'ready'])
  })

  test('treats a script that neither loads nor fails as blocked once, after a timeout', async () => {
    const { loadSdk } = await aPage()
    const reported: string[] = []
    loadSdk(sdk, page, (state) => reported.push(state))
    vi.advanceTimersByTime(60_000)
    scripts[0]?.onerror?.()
    expect(reported).toEqual(['blocked'])
  })
})

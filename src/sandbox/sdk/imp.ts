import { deviceOf } from '../engine/window-modes.ts'
import { Newer } from './checkout-flow.ts'
import { Classic } from './classic-flow.ts'
import type { Callback, Params } from './request.ts'
import { noParams } from './texts.ts'

/** `window.IMP`, whose server lies at `base`. */
export function createIMP(base: URL) {
  const classic = new Classic(base, deviceOf(navigator.userAgent))
  const newer = new Newer(base)

  function begin(userCode: string, tier?: string): void {
    const account = { userCode, tier }
    newer.account = account
    void classic.init(account)
  }

  return {
    init: (userCode: string) => begin(userCode),
    agency: (userCode: string, tier: string) => begin(userCode, tier),

    request_pay(params?: Params, given?: Callback): void {
      if (!params) {
        alert(noParams)
        return
      }
      const callback = typeof given === 'function' ? given : undefined
      if (newer.takes(params, classic.channelOf(params))) void newer.request(params, callback)
      else void classic.request({ params, callback })
    },

    close: () => void classic.close(),

    deinit(): void {
      newer.account = null
      classic.deinit()
    },

    communicate: (data: object) => void classic.communicate(data),

    certification(_params?: unknown, callback?: Callback): void {
      callback?.({ success: false, imp_uid: null, error_code: 'NOT_READY', error_msg: 'sandbox' })
    },
    naver_zzim: () => undefined,
    loadUI: () => undefined,
    updateLoadUIRequest: () => undefined,
    loadModule: () => undefined,
  }
}

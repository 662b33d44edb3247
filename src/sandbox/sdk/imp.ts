import { deviceOf } from '../engine/window-modes.ts'
import { CheckoutFlow } from './checkout-flow.ts'
import { ClassicFlow } from './classic-flow.ts'
import type { Callback, Params } from './request.ts'
import { noParams } from './texts.ts'

/** `window.IMP` for the sandbox at `base`. */
export function createIMP(base: URL) {
  const classic = new ClassicFlow(base, deviceOf(navigator.userAgent))
  const checkout = new CheckoutFlow(base)

  function start(userCode: string, tier?: string): void {
    const account = { userCode, tier }
    checkout.account = account
    void classic.init(account)
  }

  return {
    init: (userCode: string) => start(userCode),
    agency: (userCode: string, tier: string) => start(userCode, tier),

    request_pay(params?: Params, onResult?: Callback): void {
      if (!params) {
        alert(noParams)
        return
      }
      const callback = typeof onResult === 'function' ? onResult : undefined
      if (checkout.handles(params, classic.channelOf(params))) void checkout.request(params, callback)
      else void classic.request({ params, callback })
    },

    close: () => void classic.close(),

    deinit(): void {
      checkout.account = null
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

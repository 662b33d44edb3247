import type { Channel } from '../channels.ts'
import { deviceOf } from '../ways.ts'
import { fetchChannels } from './channel-list.ts'
import { Payments } from './payment.ts'
import { type Account, beginRequest, type Callback, type Params } from './request.ts'
import { Stage } from './stage.ts'
import { crashed, noAccount, noParams } from './words.ts'

function whenReady(work: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', work, { once: true })
  else work()
}

/** `window.IMP`, whose server lies at `base`. */
export function createIMP(base: URL) {
  const device = deviceOf(navigator.userAgent)
  let account: Account | null = null
  let stage: Stage | null = null
  const payments = new Payments({ base, device, account: () => account, stage: () => stage })

  const addressOf = ({ pg_provider, pg_id }: Channel): string => {
    const path = [account?.userCode ?? '', pg_provider, pg_id].map(encodeURIComponent).join('/')
    return new URL(`window/ready/${path}?sandbox=true`, base).href
  }

  async function load(): Promise<void> {
    const asked = account
    if (!asked) return
    stage ??= new Stage({ device, addressOf, onLoad: () => payments.replay() })
    stage.clear()
    const channels = await fetchChannels(base, asked)
    // A second init has overtaken this one.
    if (account !== asked || !stage) return
    stage.clear()
    stage.fill(channels)
    payments.replay()
  }

  function begin(userCode: string, tier?: string): void {
    account = { userCode, tier }
    whenReady(() => void load())
  }

  window.addEventListener('message', (event) => {
    if (!account) return
    try {
      payments.receive(event)
    } catch {
      // Upstream's own trap: a message that is no JSON, from whomever, makes it load everything again.
      void load()
    }
  })

  return {
    init: (userCode: string) => begin(userCode),
    agency: (userCode: string, tier: string) => begin(userCode, tier),

    request_pay(params?: Params, callback?: Callback): false | undefined {
      if (!params) {
        alert(noParams)
        return false
      }
      if (!account) {
        alert(noAccount)
        return false
      }
      try {
        payments.start(beginRequest(params, callback, account))
      } catch (error) {
        alert(crashed(error))
      }
      return undefined
    },

    close: () => payments.close(),

    deinit(): void {
      payments.close()
      stage?.remove()
      stage = null
      account = null
    },

    certification(_params?: unknown, callback?: Callback): void {
      callback?.({ success: false, imp_uid: null, error_code: 'NOT_READY', error_msg: 'sandbox' })
    },
    naver_zzim: () => undefined,
    communicate: () => undefined,
    loadUI: () => undefined,
    updateLoadUIRequest: () => undefined,
    loadModule: () => undefined,
  }
}

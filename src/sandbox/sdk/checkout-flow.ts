import type { Channel } from '../engine/channels.ts'
import { usesCheckoutService } from '../engine/window-modes.ts'
import { addForm } from './post-form.ts'
import type { Account, Callback, Params } from './request.ts'
import { noAccount, noDriver, notOpened } from './texts.ts'

interface PrepareResponse {
  pgProvider: string
  transactionType: string
  windowType: string
  windowSize?: { width: number; height: number }
  txId: string
  /** present if the window is opened by a driver script */
  pgInitializePaymentResponse?: unknown
  pgRawResponse?: {
    url?: string
    sdk?: string
    paymentMethod?: string
    clientKey?: string
    formAttribute?: { action: string; method: string }
    formData?: Record<string, unknown>
  }
}

interface CheckoutFrameMessage {
  from?: string
  type?: string
  transactionResponse?: Record<string, unknown>
}

interface TossPayments {
  requestPayment: (method: unknown, order: unknown) => Promise<unknown>
}

/** Upstream tells the two flows' messages apart by origin; the sandbox has one origin. */
export const isCheckoutMessage = (data: unknown): boolean =>
  (data as CheckoutFrameMessage | null)?.from === 'PORT_IFRAME'

class CheckoutError extends Error {
  readonly code: unknown
  constructor(code: unknown, message: string) {
    super(message)
    this.code = code
  }
}

/** The flow of gateways behind the checkout service; does not use the channels' iframes. */
export class CheckoutFlow {
  account: Account | null = null
  readonly #base: URL
  readonly #callbacks = new Map<unknown, Callback | undefined>()

  constructor(base: URL) {
    this.#base = base
  }

  /** @param channel the channel of `channelKey`, if known */
  handles({ pg, customer_uid }: Params, channel: Channel | undefined): boolean {
    const provider = channel?.pg_provider ?? (typeof pg === 'string' ? pg.split('.')[0] : undefined)
    return provider !== undefined && usesCheckoutService(provider, { customer_uid })
  }

  async request(params: Params, callback: Callback | undefined): Promise<void> {
    if (!this.account) {
      alert(noAccount)
      return
    }
    try {
      this.#open(await this.#prepare(params, this.account), callback)
    } catch (error) {
      const { code = 'F500' } = error as Partial<CheckoutError>
      const { message } = error as Error
      callback?.({ merchant_uid: params.merchant_uid, error_code: code, error_msg: message })
    }
  }

  async #prepare(params: Params, { userCode, tier = '' }: Account): Promise<PrepareResponse> {
    const data = { userCode, tierCode: tier, sdkVersion: '1.5.0', ...params }
    const response = await fetch(new URL('checkout/api/prepare/v1', this.#base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ data }),
    })
    if (!response.ok) throw parseError(await response.text())
    const prepared: PrepareResponse = await response.json()
    if ('pgInitializePaymentResponse' in prepared) await this.#loadDriver(prepared)
    return prepared
  }

  /** The sandbox serves no driver, so this always fails as upstream does when the script cannot be loaded. */
  #loadDriver({ pgProvider, transactionType, windowType }: PrepareResponse): Promise<never> {
    const id = `pg/${pgProvider.replace('PG_PROVIDER_', '')}/${transactionType}/${windowType}`.toLowerCase()
    return new Promise((_, reject) => {
      const script = document.createElement('script')
      script.onerror = () => reject(new Error(noDriver(id)))
      script.src = new URL(`drivers/${id}.js`, this.#base).href
      document.body.append(script)
    })
  }

  #open(prepared: PrepareResponse, callback: Callback | undefined): void {
    const { windowType } = prepared
    if (windowType === 'IFRAME') this.#showFrame(prepared, callback)
    else if (windowType === 'REDIRECTION') void redirectToGateway(prepared, this.#base)
    // As upstream, a popup is ignored and the callback never runs.
    else if (windowType !== 'POPUP') throw new CheckoutError('F400', notOpened(windowType))
  }

  #showFrame(prepared: PrepareResponse, callback: Callback | undefined): void {
    const { pgProvider, windowSize = { width: 480, height: 640 }, txId } = prepared
    const wrapper = document.createElement('div')
    wrapper.id = 'imp-iframe-wrapper'
    const whole = {
      position: 'fixed',
      top: '0',
      bottom: '0',
      left: '0',
      right: '0',
      width: '100%',
      height: '100%',
    }
    Object.assign(wrapper.style, { ...whole, zIndex: '99999', background: 'rgba(0, 0, 0, 0.3)' })
    const iframe = document.createElement('iframe')
    iframe.id = 'imp-iframe'
    iframe.src = new URL(`checkout/iframe/${pgProvider}`, this.#base).href
    const { width, height } = windowSize
    const middle = { top: '50%', left: '50%', marginTop: `${-height / 2}px`, marginLeft: `${-width / 2}px` }
    const frame = { position: 'absolute', border: 'none', borderRadius: '20px' }
    Object.assign(iframe.style, { ...frame, ...middle, width: `${width}px`, height: `${height}px` })
    wrapper.append(iframe)
    document.body.append(wrapper)
    const listen = ({ data }: MessageEvent<CheckoutFrameMessage>) => {
      if (!isCheckoutMessage(data)) return
      if (data.type === 'IFRAME_LOADED') {
        document.body.style.overflow = 'hidden'
        iframe.contentWindow?.postMessage(JSON.stringify({ ...prepared, from: 'PORT_SDK' }), '*')
        this.#callbacks.set(txId, callback)
      } else if (data.type === 'TRANSACTION_OVER') {
        removeEventListener('message', listen)
        this.#finish(data.transactionResponse ?? {})
      }
    }
    addEventListener('message', listen)
  }

  /** Results are matched by `imp_uid`; without one no callback runs. */
  #finish({ transactionType: _, ...result }: Record<string, unknown>): void {
    document.body.style.overflow = 'visible'
    document.getElementById('imp-iframe-wrapper')?.remove()
    const callback = this.#callbacks.get(result.imp_uid)
    this.#callbacks.delete(result.imp_uid)
    callback?.(result)
  }
}

function parseError(text: string): CheckoutError {
  try {
    const { code, message } = JSON.parse(text)
    return new CheckoutError(code, message)
  } catch {
    return new CheckoutError('F500', notOpened(text))
  }
}

async function redirectToGateway(
  { pgProvider, pgRawResponse = {} }: PrepareResponse,
  base: URL,
): Promise<void> {
  const { sdk = '', url = '', paymentMethod, clientKey, formAttribute, formData = {} } = pgRawResponse
  const absolute = (address: string) => new URL(address, base).href
  if (formAttribute) {
    const { action, method } = formAttribute
    addForm(document.body, { action: absolute(action), method, fields: formData }).submit()
    return
  }
  if (pgProvider !== 'PG_PROVIDER_TOSSPAYMENTS') return
  const script = document.createElement('script')
  // Upstream hard-codes the URL.
  script.src = absolute(sdk)
  document.head.append(script)
  await new Promise((resolve) =>
    addEventListener('TossPayments:initialize:TossPayments', resolve, { once: true }),
  )
  const { TossPayments: open } = window as unknown as { TossPayments: (key: unknown) => TossPayments }
  await open(clientKey).requestPayment(paymentMethod, { ...pgRawResponse, url: absolute(url) })
}

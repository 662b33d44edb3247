import type { Device } from '../engine/window-modes.ts'
import type { Dialog } from './dialog.ts'
import type { Params } from './request.ts'
import { popupBlocked } from './texts.ts'

interface Gateway {
  /** target of the window */
  name: string
  isWanted: (device: Device, params: Params) => boolean
  /** what happens where the browser refuses it; the dialog opens in any case */
  blocked: 'alert' | 'nothing'
  /** what the frame is told when somebody closes the window; null: nobody looks */
  closed: 'check.closing' | 'proxy.closed' | null
}

const onDesktop = (device: Device) => device === 'pc'
const asked = (_: Device, { popup }: Params) => popup === true
const usual = { isWanted: onDesktop, blocked: 'alert', closed: 'check.closing' } as const

const gateways: Record<string, Gateway> = {
  payco: { ...usual, name: 'IMP_PAYCO' },
  shinhan: { ...usual, name: 'X_PAY_POP', blocked: 'nothing', closed: 'proxy.closed' },
  naverco: { ...usual, name: '_blank', isWanted: asked, closed: null },
  naverpay: {
    ...usual,
    name: 'IMP_NAVERPAY',
    isWanted: (_, { naverPopupMode, naverV2 }) => Boolean(naverPopupMode) && !naverV2,
  },
  paypal: { ...usual, name: 'IMP_PAYPAL_MODAL', isWanted: asked, blocked: 'nothing' },
  settle: { ...usual, name: 'STPG_WALLET' },
  eximbay: {
    ...usual,
    name: 'payment2',
    isWanted: (_, { popup }) => popup !== false,
    closed: 'proxy.closed',
  },
  chai: { ...usual, name: 'chaiIamportModal', isWanted: asked },
  smartro: { ...usual, name: 'payWindow' },
  tosspay: { ...usual, name: 'tosspayPopup' },
  kcp_quick: { ...usual, name: 'kcpQuick' },
  daou: { ...usual, name: 'daou' },
}

const polling = 100
const features = 'width=480,height=680'

/** What a gateway with a window of its own remembers. */
export class Popup {
  window: Window | null = null
  isWanted = false
  impUid: string | null = null
  readonly name: string
  /** The one of its first payment. Upstream keeps it for good, even when `deinit` has taken it away. */
  readonly dialog: Dialog
  readonly #gateway: Gateway
  #isWatched = true

  constructor(gateway: Gateway, dialog: Dialog) {
    this.#gateway = gateway
    this.name = gateway.name
    this.dialog = dialog
  }

  /** Still empty: where it goes is known only when the frame has answered. */
  open(device: Device, params: Params): void {
    this.isWanted = this.#gateway.isWanted(device, params)
    if (!this.isWanted) return
    this.window = window.open('about:blank', this.name, features)
    if (this.window) this.#watch(this.window, params)
    else if (this.#gateway.blocked === 'alert') alert(popupBlocked(navigator.language))
  }

  close(): void {
    this.window?.close()
  }

  closeUnwatched(): void {
    this.#isWatched = false
    this.close()
  }

  /** No event tells that somebody closed a window of another origin. */
  #watch(popup: Window, { request_id, merchant_uid }: Params): void {
    this.#isWatched = true
    const result = this.#gateway.closed
    if (!result) return
    const timer = setInterval(() => {
      if (this.#isWatched && !popup.closed) return
      clearInterval(timer)
      if (!this.#isWatched) return
      this.dialog.communicate({ request_id, merchant_uid, imp_uid: this.impUid, result })
    }, polling)
  }
}

export class Popups {
  readonly #known = new Map<string, Popup>()

  /** Undefined for a gateway that opens no window of its own on this device. */
  of(provider: string, device: Device, dialog: Dialog): Popup | undefined {
    const gateway = gateways[provider]
    const known = this.#known.get(provider)
    if (known || !gateway) return known
    if (gateway.isWanted === onDesktop && device !== 'pc') return undefined
    const popup = new Popup(gateway, dialog)
    this.#known.set(provider, popup)
    return popup
  }

  /** Of a gateway that has been paid by before. Throws for any other, as upstream does. */
  used(provider: string): Popup {
    const known = this.#known.get(provider)
    if (!known) throw new TypeError(`no popup of ${provider}`)
    return known
  }
}

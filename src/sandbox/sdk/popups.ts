import type { Device } from '../engine/window-modes.ts'
import type { Dialog } from './dialog.ts'
import type { Params } from './request.ts'
import { popupBlocked } from './texts.ts'

interface PopupConfig {
  /** target of the window */
  name: string
  isEnabled: (device: Device, params: Params) => boolean
  /** when the browser blocks the popup; the dialog opens in any case */
  onBlocked: 'alert' | 'nothing'
  /** result sent to the iframe when the customer closes the popup; null: not watched */
  closedResult: 'check.closing' | 'proxy.closed' | null
}

const onDesktop = (device: Device) => device === 'pc'
const onRequest = (_: Device, { popup }: Params) => popup === true
const defaults = { isEnabled: onDesktop, onBlocked: 'alert', closedResult: 'check.closing' } as const

const popupConfigs: Record<string, PopupConfig> = {
  payco: { ...defaults, name: 'IMP_PAYCO' },
  shinhan: { ...defaults, name: 'X_PAY_POP', onBlocked: 'nothing', closedResult: 'proxy.closed' },
  naverco: { ...defaults, name: '_blank', isEnabled: onRequest, closedResult: null },
  naverpay: {
    ...defaults,
    name: 'IMP_NAVERPAY',
    isEnabled: (_, { naverPopupMode, naverV2 }) => Boolean(naverPopupMode) && !naverV2,
  },
  paypal: { ...defaults, name: 'IMP_PAYPAL_MODAL', isEnabled: onRequest, onBlocked: 'nothing' },
  settle: { ...defaults, name: 'STPG_WALLET' },
  eximbay: {
    ...defaults,
    name: 'payment2',
    isEnabled: (_, { popup }) => popup !== false,
    closedResult: 'proxy.closed',
  },
  chai: { ...defaults, name: 'chaiIamportModal', isEnabled: onRequest },
  smartro: { ...defaults, name: 'payWindow' },
  tosspay: { ...defaults, name: 'tosspayPopup' },
  kcp_quick: { ...defaults, name: 'kcpQuick' },
  daou: { ...defaults, name: 'daou' },
}

const pollIntervalMs = 100
const features = 'width=480,height=680'

/** The popup of one gateway, kept across payments. */
export class Popup {
  window: Window | null = null
  isEnabled = false
  impUid: string | null = null
  readonly name: string
  /** Dialog of the first payment. As upstream, kept even after `deinit` has removed it. */
  readonly dialog: Dialog
  readonly #config: PopupConfig
  #isWatched = true

  constructor(config: PopupConfig, dialog: Dialog) {
    this.#config = config
    this.name = config.name
    this.dialog = dialog
  }

  /** Opens an empty popup; the iframe supplies its URL later. */
  open(device: Device, params: Params): void {
    this.isEnabled = this.#config.isEnabled(device, params)
    if (!this.isEnabled) return
    this.window = window.open('about:blank', this.name, features)
    if (this.window) this.#watch(this.window, params)
    else if (this.#config.onBlocked === 'alert') alert(popupBlocked(navigator.language))
  }

  close(): void {
    this.window?.close()
  }

  closeSilently(): void {
    this.#isWatched = false
    this.close()
  }

  /** Polls, because no event reports that a cross-origin window was closed. */
  #watch(popup: Window, { request_id, merchant_uid }: Params): void {
    this.#isWatched = true
    const result = this.#config.closedResult
    if (!result) return
    const timer = setInterval(() => {
      if (this.#isWatched && !popup.closed) return
      clearInterval(timer)
      if (!this.#isWatched) return
      this.dialog.communicate({ request_id, merchant_uid, imp_uid: this.impUid, result })
    }, pollIntervalMs)
  }
}

export class Popups {
  readonly #popups = new Map<string, Popup>()

  /** Undefined if the gateway uses no popup on this device. */
  getOrCreate(provider: string, device: Device, dialog: Dialog): Popup | undefined {
    const config = popupConfigs[provider]
    const popup = this.#popups.get(provider)
    if (popup || !config) return popup
    if (config.isEnabled === onDesktop && device !== 'pc') return undefined
    const created = new Popup(config, dialog)
    this.#popups.set(provider, created)
    return created
  }

  /** The popup of an earlier payment. As upstream, throws if there is none. */
  get(provider: string): Popup {
    const popup = this.#popups.get(provider)
    if (!popup) throw new TypeError(`no popup of ${provider}`)
    return popup
  }
}

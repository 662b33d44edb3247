import type { Channel } from '../engine/channels.ts'
import type { Device } from '../engine/window-modes.ts'
import { handleAction } from './actions.ts'
import { fetchChannels } from './channel-list.ts'
import { isCheckoutMessage } from './checkout-flow.ts'
import { type ChannelFrame, Dialog } from './dialog.ts'
import { parseMessage } from './frame-message.ts'
import { Popups } from './popups.ts'
import {
  type Account,
  type Callback,
  completeParams,
  type Params,
  type PayRequest,
  redirectOnFailure,
} from './request.ts'
import { addStyle } from './style.ts'
import { crashed, noAccount, noChannels, noSuchChannel } from './texts.ts'
import { whenReady } from './when-ready.ts'

/** Passes payment requests to the channels' iframes, and results back to the page. */
export class ClassicFlow {
  /** The last request made before its iframe was ready. Cleared only when a payment starts. */
  #pendingRequest: PayRequest | null = null
  #callbacks: { id: string; callback: Callback }[] = []
  #dialog: Dialog | null = null
  #removeStyle: (() => void) | null = null
  readonly #popups = new Popups()
  readonly #base: URL
  readonly #device: Device

  constructor(base: URL, device: Device) {
    this.#base = base
    this.#device = device
  }

  /** As upstream, rejects without a callback if the channels cannot be loaded; a request stays pending. */
  async init(account: Account): Promise<void> {
    await whenReady()
    this.#removeStyle ??= addStyle()
    const dialog = this.#ensureDialog()
    dialog.clear()
    dialog.account = account
    const list = fetchChannels(this.#base, account)
    if (!list) return
    if (list.code === 0) {
      dialog.fill(list.data, (frame) => this.#replay(frame, dialog))
      return
    }
    dialog.hasNoChannels = true
    console.error(list.msg)
    if (this.#pendingRequest) void this.request(this.#pendingRequest)
  }

  deinit(): void {
    this.#removeStyle?.()
    this.#dialog?.remove()
    this.#removeStyle = this.#dialog = null
  }

  async request(request: PayRequest): Promise<void> {
    await whenReady()
    const dialog = this.#ensureDialog()
    try {
      this.#start(request, dialog)
    } catch (error) {
      alert(crashed(error))
      this.#finish(dialog)
    }
  }

  async close(): Promise<void> {
    await whenReady()
    const dialog = this.#ensureDialog()
    for (const { iframe, channel } of [...dialog.frames]) {
      if (iframe.style.display === 'none') continue
      // As upstream, closes only the popup of these two; throws if they have none yet.
      if (['naverpay', 'payco'].includes(channel.pg_provider)) this.#popups.get(channel.pg_provider).close()
      else this.#finish(dialog)
    }
  }

  /** The channel of `channelKey`, if the channels have been loaded. */
  channelOf({ channelKey }: Params): Channel | undefined {
    return channelKey ? this.#dialog?.find(undefined, channelKey)?.channel : undefined
  }

  async communicate(data: object): Promise<void> {
    await whenReady()
    this.#ensureDialog().communicate(data)
  }

  #ensureDialog(): Dialog {
    if (this.#dialog) return this.#dialog
    const dialog = new Dialog(this.#base, this.#device)
    // As upstream, never removed: a dialog keeps listening after `deinit`.
    window.addEventListener('message', (event) => this.#receive(event, dialog))
    this.#dialog = dialog
    return dialog
  }

  #start({ params, callback: passed }: PayRequest, dialog: Dialog): void {
    if (!dialog.account) {
      alert(noAccount)
      return
    }
    const redirects = this.#device === 'mobile' && !passed
    const callback = redirects ? redirectOnFailure(params, this.#base) : passed
    const reject = (result: Record<string, unknown>, message: string) => {
      const { merchant_uid } = params
      if (callback) callback({ ...result, imp_uid: null, merchant_uid, error_msg: message })
      else alert(message)
    }
    const frame = dialog.find(params.pg, params.channelKey)
    if (dialog.hasNoChannels) reject({ success: false, error_code: 'NOT_READY' }, noChannels)
    else if (!frame && dialog.frames.length > 0) reject({ success: false, error_code: 'F400' }, noSuchChannel)
    else if (frame && frame.channel.type !== 'payment') {
      this.#pendingRequest = null
      this.#finish(dialog)
      // Upstream's spelling.
      reject({ imp_success: false, error_coe: 'F1001' }, noSuchChannel)
    } else if (frame?.isLoaded) this.#open({ params, callback }, frame, dialog)
    else this.#pendingRequest = { params, callback }
  }

  #open({ params, callback }: PayRequest, frame: ChannelFrame, dialog: Dialog): void {
    this.#pendingRequest = null
    const id = completeParams(params, dialog.account as Account)
    if (callback) this.#callbacks.push({ id, callback })
    this.#popups.getOrCreate(frame.channel.pg_provider, this.#device, dialog)?.open(this.#device, params)
    dialog.send(frame, 'payment', params)
    dialog.show(frame)
  }

  #replay(loaded: ChannelFrame, dialog: Dialog): void {
    if (!this.#pendingRequest) return
    const { pg, channelKey } = this.#pendingRequest.params
    if (dialog.find(pg, channelKey) === loaded) void this.request(this.#pendingRequest)
  }

  #receive({ data: text, origin }: MessageEvent, dialog: Dialog): void {
    if (origin !== this.#base.origin || isCheckoutMessage(text)) return
    const { action, data = {} } = parseMessage(text)
    const context = { device: this.#device, dialog, popups: this.#popups }
    if (action && handleAction(action, data, context)) return
    // As upstream, any other message ends the payment.
    const { request_id: id, ...result } = data
    const waiting = this.#callbacks.findLast((one) => one.id === id)
    this.#callbacks = this.#callbacks.filter((one) => one !== waiting)
    try {
      waiting?.callback(result)
    } catch (error) {
      console.log(error)
    }
    this.#finish(dialog)
  }

  /** Closes the dialog and reloads the channels: an iframe serves one payment. */
  #finish(dialog: Dialog): void {
    dialog.close()
    if (dialog.account) void this.init(dialog.account)
  }
}

import type { Channel } from '../engine/channels.ts'
import type { Device } from '../engine/window-modes.ts'
import { obey } from './actions.ts'
import { askChannels } from './channel-list.ts'
import { isFromNewer } from './checkout-flow.ts'
import { type ChannelFrame, Dialog } from './dialog.ts'
import { readMessage } from './frame-message.ts'
import { Popups } from './popups.ts'
import {
  type Account,
  type Callback,
  leaveOnFailure,
  type Params,
  type Request,
  stampParams,
} from './request.ts'
import { addStyle } from './style.ts'
import { crashed, noAccount, noChannels, noSuchChannel } from './texts.ts'
import { whenReady } from './when-ready.ts'

/** Takes requests to the channels' frames and results back to the page. */
export class Classic {
  /** One slot, for a request that no frame can take yet. Nothing empties it but a request that begins. */
  #parked: Request | null = null
  #waiting: { id: string; callback: Callback }[] = []
  #dialog: Dialog | null = null
  #removeStyle: (() => void) | null = null
  readonly #popups = new Popups()
  readonly #base: URL
  readonly #device: Device

  constructor(base: URL, device: Device) {
    this.#base = base
    this.#device = device
  }

  /** What goes wrong in here nobody hears of: a request then stays parked. */
  async init(account: Account): Promise<void> {
    await whenReady()
    this.#removeStyle ??= addStyle()
    const dialog = this.#ensureDialog()
    dialog.clear()
    dialog.account = account
    const list = askChannels(this.#base, account)
    if (!list) return
    if (list.code === 0) {
      dialog.fill(list.data, (frame) => this.#replay(frame, dialog))
      return
    }
    dialog.isEmpty = true
    console.error(list.msg)
    if (this.#parked) void this.request(this.#parked)
  }

  deinit(): void {
    this.#removeStyle?.()
    this.#dialog?.remove()
    this.#removeStyle = this.#dialog = null
  }

  async request(request: Request): Promise<void> {
    await whenReady()
    const dialog = this.#ensureDialog()
    try {
      this.#begin(request, dialog)
    } catch (error) {
      alert(crashed(error))
      this.#end(dialog)
    }
  }

  async close(): Promise<void> {
    await whenReady()
    const dialog = this.#ensureDialog()
    for (const { iframe, channel } of [...dialog.frames]) {
      if (iframe.style.display === 'none') continue
      // These two only lose their popup, and the dialog stays; without a popup yet this throws.
      if (['naverpay', 'payco'].includes(channel.pg_provider)) this.#popups.used(channel.pg_provider).close()
      else this.#end(dialog)
    }
  }

  /** What a `channelKey` stands for, as far as the channels are known. */
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
    // For good: a dialog that `deinit` has taken away goes on listening.
    window.addEventListener('message', (event) => this.#receive(event, dialog))
    this.#dialog = dialog
    return dialog
  }

  #begin({ params, callback: given }: Request, dialog: Dialog): void {
    if (!dialog.account) {
      alert(noAccount)
      return
    }
    const isLeaving = this.#device === 'mobile' && !given
    const callback = isLeaving ? leaveOnFailure(params, this.#base) : given
    const refuse = (result: Record<string, unknown>, message: string) => {
      const { merchant_uid } = params
      if (callback) callback({ ...result, imp_uid: null, merchant_uid, error_msg: message })
      else alert(message)
    }
    const frame = dialog.find(params.pg, params.channelKey)
    if (dialog.isEmpty) refuse({ success: false, error_code: 'NOT_READY' }, noChannels)
    else if (!frame && dialog.frames.length > 0) refuse({ success: false, error_code: 'F400' }, noSuchChannel)
    else if (frame && frame.channel.type !== 'payment') {
      this.#parked = null
      this.#end(dialog)
      // `error_coe` is how upstream spells it.
      refuse({ imp_success: false, error_coe: 'F1001' }, noSuchChannel)
    } else if (frame?.isLoaded) this.#open({ params, callback }, frame, dialog)
    else this.#parked = { params, callback }
  }

  #open({ params, callback }: Request, frame: ChannelFrame, dialog: Dialog): void {
    this.#parked = null
    const id = stampParams(params, dialog.account as Account)
    if (callback) this.#waiting.push({ id, callback })
    this.#popups.of(frame.channel.pg_provider, this.#device, dialog)?.open(this.#device, params)
    dialog.send(frame, 'payment', params)
    dialog.show(frame)
  }

  #replay(loaded: ChannelFrame, dialog: Dialog): void {
    if (!this.#parked) return
    const { pg, channelKey } = this.#parked.params
    if (dialog.find(pg, channelKey) === loaded) void this.request(this.#parked)
  }

  #receive({ data: text, origin }: MessageEvent, dialog: Dialog): void {
    if (origin !== this.#base.origin || isFromNewer(text)) return
    const { action, data = {} } = readMessage(text)
    const stage = { device: this.#device, dialog, popups: this.#popups }
    if (action && obey(action, data, stage)) return
    // Whatever is left ends the payment, understood or not.
    const { request_id: id, ...result } = data
    const found = this.#waiting.findLast((one) => one.id === id)
    this.#waiting = this.#waiting.filter((one) => one !== found)
    try {
      found?.callback(result)
    } catch (error) {
      console.log(error)
    }
    this.#end(dialog)
  }

  /** Frees the page and asks for the channels anew: a frame serves one payment. */
  #end(dialog: Dialog): void {
    dialog.close()
    if (dialog.account) void this.init(dialog.account)
  }
}

import type { Channel } from '../channels.ts'
import { type Device, decideWay, isNewer } from '../ways.ts'
import { pickChannel } from './channel-list.ts'
import { type Message, readMessage } from './message.ts'
import { hideNewer, prepareNewer, showNewer } from './newer.ts'
import { openPopup, watchPopup } from './popup.ts'
import { postForm } from './post-form.ts'
import { type Account, type Failure, type Request, reportFailure } from './request.ts'
import type { Seat, Stage } from './stage.ts'
import { noChannels, noSuchChannel, popupBlocked } from './words.ts'

interface Place {
  base: URL
  device: Device
  account: () => Account | null
  stage: () => Stage | null
}

/** Takes requests to their windows and results back to the page. */
export class Payments {
  /** One slot: a request made too early waits here, and a second one takes its place. */
  #reserved: Request | null = null
  #running: { request: Request; seat: Seat | null; frame: HTMLIFrameElement | null } | null = null

  readonly #place: Place

  constructor(place: Place) {
    this.#place = place
  }

  start(request: Request): void {
    // A new request ends whatever was open, as its frame is needed again.
    if (this.#running) this.close()
    const seats = this.#place.stage()?.seats
    const channels = seats?.map((seat) => seat.channel) ?? []
    const channel = pickChannel(channels, request.params)
    const seat = seats?.find((one) => one.channel === channel)
    if (!seats) this.#reserved = request
    else if (seats.length === 0) this.#fail(request, { error_code: 'NOT_READY', error_msg: noChannels }, '')
    else if (!seat) this.#fail(request, { error_code: 'F400', error_msg: noSuchChannel }, '')
    else if (isNewer(seat.channel.pg_provider)) void this.#startNewer(request, seat.channel)
    else if (seat.isLoaded) this.#startClassic(request, seat)
    else this.#reserved = request
  }

  replay(): void {
    const request = this.#reserved
    this.#reserved = null
    if (request) this.start(request)
  }

  close(): void {
    const running = this.#running
    this.#running = null
    running?.request.release()
    hideNewer()
    this.#place.stage()?.hide()
    if (running?.seat) this.#place.stage()?.renew(running.seat)
  }

  /** Throws when the message is no JSON. */
  receive({ data: text, origin, source }: MessageEvent): void {
    const message = readMessage(text)
    const running = this.#running
    if (!message || !running || origin !== this.#place.base.origin) return
    const { request, seat, frame } = running
    const sources = [seat?.iframe.contentWindow, frame?.contentWindow, request.popup]
    if (!source || !sources.includes(source as Window)) return
    if (message.from === 'PORT_IFRAME' && message.type === 'TRANSACTION_OVER')
      this.#finish(request, message.transactionResponse ?? {})
    else if (seat && message.data?.request_id === request.id) this.#obey(message, request, seat)
  }

  #startClassic(request: Request, seat: Seat): void {
    const way = decideWay(seat.channel.pg_provider, this.#place.device, request.params)
    const send = (action: string, data: object) => {
      const from = { origin: location.href, from: 'iamport-sdk', version: '1.2.0' }
      seat.iframe.contentWindow?.postMessage(
        JSON.stringify({ action, data, ...from }),
        this.#place.base.origin,
      )
    }
    // The page is left without any callback here, as upstream leaves it.
    if (way === 'popup' && !openPopup(request)) {
      alert(popupBlocked(navigator.language))
      return
    }
    this.#running = { request, seat, frame: null }
    if (way === 'popup') watchPopup(request, () => send('popup.closed', { request_id: request.id }))
    if (way !== 'top') this.#place.stage()?.show(seat)
    send('payment', request.params)
  }

  async #startNewer(request: Request, channel: Channel): Promise<void> {
    const account = this.#place.account()
    if (!account) return
    const opened = await prepareNewer(this.#place.base, account, request, channel)
    if ('error_code' in opened) {
      this.#fail(request, opened, channel.pg_provider)
      return
    }
    const url = new URL(opened.url, this.#place.base)
    if (opened.windowType === 'REDIRECTION') location.href = url.href
    else this.#running = { request, seat: null, frame: showNewer(url) }
  }

  #obey({ action, data }: Message, request: Request, seat: Seat): void {
    const url = data?.url ? new URL(data.url, this.#place.base) : null
    if (url && url.origin !== this.#place.base.origin) return
    if (action === 'popup.open' && url && request.popup) request.popup.location.href = url.href
    else if (action === 'proxy.post' && url) postForm(url, data?.target ?? '_self')
    else if (action === 'done' && data && (request.callback || data.imp_uid)) this.#finish(request, data)
    else if (action === 'done' && data) {
      this.close()
      const { error_code = 'F500', error_msg = '' } = data
      this.#fail(request, { error_code, error_msg }, seat.channel.pg_provider)
    }
  }

  #finish(request: Request, data: object): void {
    try {
      request.callback?.({ ...data })
    } catch {
      // Upstream swallows what a page's callback throws.
    }
    if (this.#running?.request === request) this.close()
  }

  #fail(request: Request, failure: Failure, provider: string): void {
    reportFailure(request, failure, { device: this.#place.device, base: this.#place.base, provider })
  }
}

import type { Device } from '../engine/window-modes.ts'
import type { ListedChannel } from './channel-list.ts'
import type { Account } from './request.ts'
import { markProgress } from './style.ts'

/** A channel's frame, which loads when the SDK starts and becomes the window when it is asked to. */
export interface ChannelFrame {
  channel: ListedChannel
  iframe: HTMLIFrameElement
  isLoaded: boolean
}

const quiet = 'imp-dialog customizable'

/** The element over the page, and the frames in it. */
export class Dialog {
  readonly element = document.createElement('div')
  account: Account | null = null
  /** Null until the channels are known; true when upstream says that there are none. */
  isEmpty: boolean | null = null
  frames: ChannelFrame[] = []

  readonly #base: URL
  readonly #device: Device

  constructor(base: URL, device: Device) {
    this.#base = base
    this.#device = device
    this.element.className = quiet
    document.body.append(this.element)
  }

  fill(channels: readonly ListedChannel[], onLoad: (frame: ChannelFrame) => void): void {
    this.isEmpty = false
    for (const [index, channel] of channels.entries()) {
      const iframe = this.#createFrame(channel, index === 0)
      const frame = { channel, iframe, isLoaded: false }
      // A page that failed to load counts as loaded, too.
      iframe.onload = () => {
        frame.isLoaded = true
        onLoad(frame)
      }
      this.frames.push(frame)
      this.element.append(iframe)
    }
  }

  /** A `pg` that the store lacks silently means its first channel. */
  find(pg: unknown, channelKey: unknown): ChannelFrame | undefined {
    if (channelKey) return this.frames.find(({ channel }) => channel.channel_key === channelKey)
    const [provider, ...rest] = String(pg ?? '').split('.')
    const pgId = rest.join('.')
    const isMeant = ({ channel: { pg_provider, pg_id } }: ChannelFrame) =>
      pg_provider === provider && (pgId === '' || pg_id === pgId)
    return this.frames.find(isMeant) ?? this.frames[0]
  }

  show(frame: ChannelFrame): void {
    const isPhone = this.#device === 'mobile'
    for (const { iframe } of this.frames) iframe.style.display = iframe === frame.iframe ? 'block' : 'none'
    const { type, pg_provider } = frame.channel
    const classes = [quiet, `${type}-${pg_provider}`, isPhone ? 'mobile' : 'pc']
    if (isPhone && /iPhone|iPad|iPod/.test(navigator.userAgent)) classes.push('ios')
    this.element.className = classes.join(' ')
    this.element.style.display = 'block'
    if (isPhone) markProgress(true)
  }

  close(): void {
    this.element.style.display = 'none'
    if (this.#device === 'mobile') markProgress(false)
  }

  /** The frames go; a dialog that is shown stays so. */
  clear(): void {
    for (const { iframe } of this.frames) iframe.onload = null
    this.element.replaceChildren()
    this.frames = []
    this.isEmpty = null
  }

  remove(): void {
    this.clear()
    this.element.remove()
  }

  send(frame: ChannelFrame, action: string, data: object): void {
    const message = { action, data, origin: location.href, from: 'iamport-sdk', version: '1.2.0' }
    frame.iframe.contentWindow?.postMessage(JSON.stringify(message), this.#base.origin)
  }

  /** Tells every frame that is not put aside. */
  communicate(data: object): void {
    for (const frame of this.frames)
      if (frame.iframe.style.display !== 'none') this.send(frame, 'communicate', data)
  }

  #createFrame(channel: ListedChannel, isDefault: boolean): HTMLIFrameElement {
    const iframe = document.createElement('iframe')
    iframe.classList.add('imp-frame', this.#device === 'mobile' ? 'imp-frame-mobile' : 'imp-frame-pc')
    if (isDefault) iframe.classList.add('imp-frame-default')
    iframe.classList.add(`imp-frame-${channel.pg_provider}`)
    iframe.setAttribute('frameborder', '0')
    const place = { position: 'absolute', top: '0', left: '0', right: '0', bottom: '0' }
    Object.assign(iframe.style, { ...place, width: '100%', height: '100%' })
    iframe.src = this.#addressOf(channel)
    return iframe
  }

  #addressOf({ pg_provider, pg_id, sandbox, store_id }: ListedChannel): string {
    const { userCode = '', tier } = this.account ?? {}
    const path = [userCode, pg_provider, pg_id].map(encodeURIComponent).join('/')
    const address = new URL(`window/ready/${path}`, this.#base)
    if (tier) address.searchParams.set('tier', tier)
    address.searchParams.set('sandbox', String(sandbox))
    address.searchParams.set('store_id', store_id)
    return address.href
  }
}

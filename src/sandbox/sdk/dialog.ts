import type { Device } from '../engine/window-modes.ts'
import type { ListedChannel } from './channel-list.ts'
import type { Account } from './request.ts'
import { setProgressClass } from './style.ts'

/** A channel's iframe. Loads in `init`; navigates to the payment window on request. */
export interface ChannelFrame {
  channel: ListedChannel
  iframe: HTMLIFrameElement
  isLoaded: boolean
}

const baseClass = 'imp-dialog customizable'

/** The overlay over the page and its iframes. */
export class Dialog {
  readonly element = document.createElement('div')
  account: Account | null = null
  /** Null until the channels are loaded; true if `users/pg` returned an error code. */
  hasNoChannels: boolean | null = null
  frames: ChannelFrame[] = []

  readonly #base: URL
  readonly #device: Device

  constructor(base: URL, device: Device) {
    this.#base = base
    this.#device = device
    this.element.className = baseClass
    document.body.append(this.element)
  }

  fill(channels: readonly ListedChannel[], onLoad: (frame: ChannelFrame) => void): void {
    this.hasNoChannels = false
    for (const [index, channel] of channels.entries()) {
      const iframe = this.#createFrame(channel, index === 0)
      const frame = { channel, iframe, isLoaded: false }
      // Also fires when the page failed to load.
      iframe.onload = () => {
        frame.isLoaded = true
        onLoad(frame)
      }
      this.frames.push(frame)
      this.element.append(iframe)
    }
  }

  /** As upstream, an unknown `pg` falls back to the first channel. */
  find(pg: unknown, channelKey: unknown): ChannelFrame | undefined {
    if (channelKey) return this.frames.find(({ channel }) => channel.channel_key === channelKey)
    const [provider, ...rest] = String(pg ?? '').split('.')
    const pgId = rest.join('.')
    const matches = ({ channel: { pg_provider, pg_id } }: ChannelFrame) =>
      pg_provider === provider && (pgId === '' || pg_id === pgId)
    return this.frames.find(matches) ?? this.frames[0]
  }

  show(frame: ChannelFrame): void {
    const isPhone = this.#device === 'mobile'
    for (const { iframe } of this.frames) iframe.style.display = iframe === frame.iframe ? 'block' : 'none'
    const { type, pg_provider } = frame.channel
    const classes = [baseClass, `${type}-${pg_provider}`, isPhone ? 'mobile' : 'pc']
    if (isPhone && /iPhone|iPad|iPod/.test(navigator.userAgent)) classes.push('ios')
    this.element.className = classes.join(' ')
    this.element.style.display = 'block'
    if (isPhone) setProgressClass(true)
  }

  close(): void {
    this.element.style.display = 'none'
    if (this.#device === 'mobile') setProgressClass(false)
  }

  /** Removes the iframes; the dialog stays visible if it is. */
  clear(): void {
    for (const { iframe } of this.frames) iframe.onload = null
    this.element.replaceChildren()
    this.frames = []
    this.hasNoChannels = null
  }

  remove(): void {
    this.clear()
    this.element.remove()
  }

  send(frame: ChannelFrame, action: string, data: object): void {
    const message = { action, data, origin: location.href, from: 'iamport-sdk', version: '1.2.0' }
    frame.iframe.contentWindow?.postMessage(JSON.stringify(message), this.#base.origin)
  }

  /** Posts to every iframe that is not hidden. */
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
    const position = { position: 'absolute', top: '0', left: '0', right: '0', bottom: '0' }
    Object.assign(iframe.style, { ...position, width: '100%', height: '100%' })
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

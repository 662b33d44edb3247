import type { Channel } from '../channels.ts'
import type { Device } from '../ways.ts'

/** A channel's hidden frame. */
export interface Seat {
  channel: Channel
  isDefault: boolean
  iframe: HTMLIFrameElement
  isLoaded: boolean
}

const quiet = 'imp-dialog customizable'
const progress = 'imp-payment-progress'

// Only this style sheet hides the dialog: where a page's policy blocks it, the dialog lies over the page.
const css = `
.imp-dialog { display: none; }
.imp-dialog.pc { background: rgba(16, 19, 24, 0.6); }
.imp-frame { display: none; border: 0; background: transparent; }
.imp-frame-pc { position: absolute; inset: 0; margin: auto; width: min(480px, 100%); height: min(640px, 100%); }
.imp-dialog.pc .imp-frame-pc { border-radius: 16px; }
.imp-frame-mobile { width: 100%; height: 100%; }
body.${progress} > :not(.imp-dialog) { display: none !important; }
#imp-iframe-wrapper { position: fixed; inset: 0; z-index: 99999; background: rgba(16, 19, 24, 0.6); }
#imp-iframe { position: absolute; inset: 0; margin: auto; border: 0; width: 100%; height: 100%; }
@media (min-width: 560px) { #imp-iframe { width: 480px; height: min(640px, 100%); border-radius: 16px; } }
`

interface Setting {
  device: Device
  addressOf: (channel: Channel) => string
  onLoad: () => void
}

/** The dialog, its style and its frames: all that the SDK puts into the page. */
export class Stage {
  seats: Seat[] | null = null
  readonly #dialog = document.createElement('div')
  readonly #style = document.createElement('style')

  readonly #setting: Setting

  constructor(setting: Setting) {
    this.#setting = setting
    this.#style.textContent = css
    this.#dialog.className = quiet
    Object.assign(this.#dialog.style, {
      position: 'fixed',
      top: '0',
      left: '0',
      width: '100%',
      height: '100%',
      zIndex: '99999',
    })
    document.body.append(this.#style, this.#dialog)
  }

  clear(): void {
    this.hide()
    for (const { iframe } of this.seats ?? []) iframe.remove()
    this.seats = null
  }

  remove(): void {
    this.clear()
    this.#dialog.remove()
    this.#style.remove()
  }

  fill(channels: readonly Channel[]): void {
    this.seats = channels.map((channel, index) => this.#seat(channel, index === 0))
  }

  show(seat: Seat): void {
    const system = /iPhone|iPad|iPod/.test(navigator.userAgent) ? ' ios' : ''
    this.#dialog.className = `${quiet} payment-${seat.channel.pg_provider} ${this.#setting.device}${system}`
    this.#dialog.style.display = 'block'
    seat.iframe.style.display = 'block'
    if (this.#setting.device === 'mobile') document.body.classList.add(progress)
  }

  hide(): void {
    this.#dialog.className = quiet
    this.#dialog.style.display = ''
    document.body.classList.remove(progress)
    for (const { iframe } of this.seats ?? []) iframe.style.display = ''
  }

  /** Throws a used window away; a fresh element cannot mistake the old page's late `load` for its own. */
  renew(seat: Seat): void {
    seat.iframe.remove()
    Object.assign(seat, this.#seat(seat.channel, seat.isDefault))
  }

  #seat(channel: Channel, isDefault: boolean): Seat {
    const iframe = document.createElement('iframe')
    const classes = ['imp-frame', `imp-frame-${this.#setting.device}`, isDefault ? 'imp-frame-default' : '']
    iframe.className = [...classes, `imp-frame-${channel.pg_provider}`].filter(Boolean).join(' ')
    iframe.title = channel.channel_name
    iframe.src = this.#setting.addressOf(channel)
    iframe.addEventListener('load', () => {
      const seat = this.seats?.find((one) => one.iframe === iframe)
      if (seat) seat.isLoaded = true
      this.#setting.onLoad()
    })
    this.#dialog.append(iframe)
    return { channel, isDefault, iframe, isLoaded: false }
  }
}

// `/embed.js`, for a shop's own page: holds a payment link in a frame, as high as it is, and tells how it ended.
import { frameTitle } from '../../contract/i18n/frame-title.ts'
import { onwardName, type ResultStatus, readMessage } from './message.ts'

export interface OpenOptions {
  /** The link's URL, of a link that was made with `is_checkout_embed`. */
  link: string
  /** What the frame is put into: an element, or a selector of one. */
  into: Element | string
  language?: 'ko' | 'en'
  /**
   * What the customer sees now; may be told more than once. A hint and no proof, because it came through a
   * browser: ask your server for the link's status before anything leaves the house.
   */
  onResult?: (result: { link: string; status: ResultStatus }) => void
  /** Lets the frame show the way on to `success_url`, in the whole tab. Without: the shop's page moves on itself. */
  onward?: boolean
}

export interface Opened {
  frame: HTMLIFrameElement
  close: () => void
}

const startHeightPx = 640

/** @throws when there is nowhere to put the frame, or the link is none */
export function open({ link, into, language, onResult, onward }: OpenOptions): Opened {
  const place = typeof into === 'string' ? document.querySelector(into) : into
  if (!place) throw new Error(`Dari: there is no ${into}`)
  const url = new URL(link)
  if (!/^https?:$/.test(url.protocol)) throw new Error('Dari: link must be an http(s) address')
  if (language) url.searchParams.set('lang', language)

  const frame = document.createElement('iframe')
  frame.title = frameTitle[language ?? (document.documentElement.lang.startsWith('ko') ? 'ko' : 'en')]
  if (onward) frame.name = onwardName
  frame.allow = 'payment; clipboard-write'
  // Stands where the frame is while that covers the window, so that the shop's page does not move.
  const holder = document.createElement('div')
  let heightPx = startHeightPx
  let covers = false
  let overflow = ''
  const layOut = () => {
    holder.style.height = `${heightPx}px`
    frame.style.cssText = covers
      ? 'position:fixed;inset:0;z-index:2147483647;width:100%;height:100%;max-width:none;max-height:none;margin:0;padding:0;border:0'
      : `display:block;width:100%;height:${heightPx}px;border:0`
  }

  /** The gateways' windows are made for a whole one: they get it, above everything that the shop's page has. */
  const cover = (does: boolean) => {
    if (does === covers) return
    covers = does
    // Nothing behind it scrolls, and no scroll bar stands beside it.
    const { style } = document.documentElement
    if (does) overflow = style.overflow
    style.overflow = does ? 'hidden' : overflow
    layOut()
    if (!('popover' in frame)) return
    if (does) {
      frame.popover = 'manual'
      frame.showPopover()
    } else frame.popover = null
  }

  const hear = ({ source, origin, data }: MessageEvent) => {
    if (source !== frame.contentWindow || origin !== url.origin) return
    const message = readMessage(data)
    if (message?.dari === 'size') {
      heightPx = message.height
      layOut()
    } else if (message?.dari === 'window') cover(message.open)
    else if (message?.dari === 'result') onResult?.({ link: message.link, status: message.status })
  }
  addEventListener('message', hear)
  layOut()
  frame.src = url.href
  holder.append(frame)
  place.append(holder)

  return {
    frame,
    close() {
      removeEventListener('message', hear)
      cover(false)
      holder.remove()
    },
  }
}

Object.assign(window, { Dari: { open } })

// `/embed.js` for shops: embeds a payment link in a frame, keeps its height, and reports the result.
import { frameTitle } from '../../contract/i18n/frame-title.ts'
import { onwardName, type ResultStatus, readMessage } from './message.ts'

export interface OpenOptions {
  /** URL of a link created with `is_checkout_embed`. */
  link: string
  /** Parent of the frame: element or selector. */
  into: Element | string
  language?: 'ko' | 'en'
  /**
   * Current result; may be called more than once. Not proof, because it comes from a browser: check the link's
   * status on your server before you deliver.
   */
  onResult?: (result: { link: string; status: ResultStatus }) => void
  /** Lets the frame link to `success_url` in the whole tab. Without it the shop navigates itself. */
  onward?: boolean
}

export interface EmbeddedPage {
  frame: HTMLIFrameElement
  close: () => void
}

const startHeightPx = 640

/** @throws if the parent does not exist or the link is not an http(s) URL */
export function open({ link, into, language, onResult, onward }: OpenOptions): EmbeddedPage {
  const place = typeof into === 'string' ? document.querySelector(into) : into
  if (!place) throw new Error(`Dari: there is no ${into}`)
  const url = new URL(link)
  if (!/^https?:$/.test(url.protocol)) throw new Error('Dari: link must be an http(s) address')
  if (language) url.searchParams.set('lang', language)

  const frame = document.createElement('iframe')
  frame.title = frameTitle[language ?? (document.documentElement.lang.startsWith('ko') ? 'ko' : 'en')]
  if (onward) frame.name = onwardName
  frame.allow = 'payment; clipboard-write'
  // Keeps the frame's place while the frame covers the viewport.
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

  /** Gives the frame the whole viewport, which gateways' windows are designed for. */
  const cover = (does: boolean) => {
    if (does === covers) return
    covers = does
    // Prevents scrolling behind the frame.
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

  const onMessage = ({ source, origin, data }: MessageEvent) => {
    if (source !== frame.contentWindow || origin !== url.origin) return
    const message = readMessage(data)
    if (message?.dari === 'size') {
      heightPx = message.height
      layOut()
    } else if (message?.dari === 'window') cover(message.open)
    else if (message?.dari === 'result') onResult?.({ link: message.link, status: message.status })
  }
  addEventListener('message', onMessage)
  layOut()
  frame.src = url.href
  holder.append(frame)
  place.append(holder)

  return {
    frame,
    close() {
      removeEventListener('message', onMessage)
      cover(false)
      holder.remove()
    },
  }
}

Object.assign(window, { Dari: { open } })

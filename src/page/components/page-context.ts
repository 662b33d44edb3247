import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ExternalBrowserLink } from '../browser/external-browser.ts'
import type { Event } from '../flow/event.ts'
import type { Locale } from './locale.ts'

/** Browser features; absent during server rendering. */
export interface Device {
  /** Address of this page. */
  url: string
  /** Null outside in-app browsers. */
  externalBrowser: ExternalBrowserLink | null
  /** Milliseconds since the current view arrived. */
  age: number
  copy?: (text: string) => Promise<boolean>
  switchLanguage?: () => void
}

/** Context of every screen. */
export interface Page {
  locale: Locale
  device: Device
  dispatch: (event: Event) => void
  /** The customer just returned from the gateway. Only set for links with extras. */
  returning?: boolean
}

export const PageContext = createContext<Page | null>(null)

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('a screen stands outside PageContext')
  return page
}

import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { WayOut } from '../browser/in-app.ts'
import type { Event } from '../flow/event.ts'
import type { Reader } from './locale.ts'

/** What the device offers beyond the document. All of it is missing while the edge renders. */
export interface Device {
  /** Address of this page, as it is handed on. */
  url: string
  /** Null outside the browsers of chat and social apps. */
  wayOut: WayOut | null
  /** Milliseconds since the view that is shown came in. */
  age: number
  copy?: (text: string) => Promise<boolean>
  switchLanguage?: () => void
}

/** What every screen may use: the reader's language, the device, and a way to say what happened. */
export interface Page {
  reader: Reader
  device: Device
  tell: (event: Event) => void
  /** The gateway sent the customer back here a moment ago. Only told where something hangs on it. */
  returning?: boolean
}

export const PageContext = createContext<Page | null>(null)

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('a screen stands outside PageContext')
  return page
}

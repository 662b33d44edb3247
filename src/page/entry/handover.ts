import type { Language } from '../../contract/language.ts'
import type { Boot } from '../browser/boot-data.ts'
import type { Model } from '../flow/model.ts'
import type { Flow } from '../flow/run.ts'
import type { WindowState } from './late-effects.ts'

/** What the first script hands to the screens when they arrive. */
export interface Stage {
  root: HTMLElement
  /** Null on a static host, where nothing is rendered yet. */
  boot: Boot | null
  /** What the edge rendered, whatever happened since. */
  first: Model
  flow: Flow
  /** The link's. */
  id: string
  /** This tab's own. */
  visitor: string
  window: WindowState
  /** The language that the payment window is asked for in; the screens keep it up to date. */
  spoken: { language: Language }
  /** Takes the form out of the first script's hands. */
  takeOver: () => void
  /** Resolves when the browser has seen to whatever is more urgent, a press above all. */
  pause: () => Promise<void>
  /** What decides the language as long as the customer has not switched. */
  wishes: { chosen: string | undefined; accepted: string }
}

import type { Language } from '../../contract/language.ts'
import type { Boot } from '../browser/boot-data.ts'
import type { Model } from '../flow/model.ts'
import type { Flow } from '../flow/run.ts'
import type { WindowState } from './late-effects.ts'

/** Passed from the first script to the late script. */
export interface Handover {
  root: HTMLElement
  /** Null on a static host, where nothing is rendered yet. */
  boot: Boot | null
  /** The model that the edge rendered. */
  first: Model
  flow: Flow
  id: string
  /** Random tab ID. */
  visitor: string
  window: WindowState
  /** Language of the payment window; updated by the late script. */
  currentLanguage: { language: Language }
  /** Removes the first script's form listeners. */
  releaseForm: () => void
  /** Resolves after more urgent work, such as a click. */
  yieldToBrowser: () => Promise<void>
  /** Used until the customer switches the language. */
  languagePreferences: { chosen: string | undefined; accepted: string }
}

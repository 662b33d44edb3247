import en from 'virtual:words/en'
import ko from 'virtual:words/ko'
import { type Signal, signal } from '@preact/signals'
import { homeOffset, homeZone } from '../../contract/date-time.ts'
import type { Language } from '../../contract/language.ts'
import { createLocale, type Locale } from './locale.ts'

const words = { ko, en }

/** The current locale and its setters. */
export interface LocaleSignal {
  locale: Signal<Locale>
  setLanguage: (language: Language) => void
  /** Switches from the edge's time zone to the customer's. */
  applyOwnZone: () => void
}

/** Compares the offset first, because Intl is slow. */
export const ownZone = () =>
  new Date().getTimezoneOffset() === homeOffset
    ? homeZone
    : (Intl.DateTimeFormat().resolvedOptions().timeZone ?? homeZone)

export function createLocaleSignal(current: { language: Language }, ownZone: string): LocaleSignal {
  let zone = homeZone
  const locale = signal(createLocale(current.language, words[current.language], zone))
  const update = () => {
    locale.value = createLocale(current.language, words[current.language], zone)
    document.documentElement.lang = current.language
  }
  return {
    locale,
    setLanguage(next) {
      current.language = next
      update()
    },
    applyOwnZone() {
      if (ownZone === zone) return
      zone = ownZone
      update()
    },
  }
}

import en from 'virtual:words/en'
import ko from 'virtual:words/ko'
import { type Signal, signal } from '@preact/signals'
import { homeOffset, homeZone } from '../../contract/date-time.ts'
import type { Language } from '../../contract/language.ts'
import { type Reader, readerOf } from './locale.ts'

const words = { ko, en }

/** The language in force, and who reads by it. */
export interface Speaker {
  reader: Signal<Reader>
  speak: (language: Language) => void
  /** From the zone that the edge wrote in to the one the reader lives in. */
  comeHome: () => void
}

/** Whose clock shows Korea's time lives in Korea, as far as a bill is concerned: to ask Intl is slow. */
export const ownZone = () =>
  new Date().getTimezoneOffset() === homeOffset
    ? homeZone
    : (Intl.DateTimeFormat().resolvedOptions().timeZone ?? homeZone)

/** @param ownZone where the reader lives */
export function createSpeaker(spoken: { language: Language }, ownZone: string): Speaker {
  let zone = homeZone
  const reader = signal(readerOf(spoken.language, words[spoken.language], zone))
  const set = () => {
    reader.value = readerOf(spoken.language, words[spoken.language], zone)
    document.documentElement.lang = spoken.language
  }
  return {
    reader,
    speak(next) {
      spoken.language = next
      set()
    },
    comeHome() {
      if (ownZone === zone) return
      zone = ownZone
      set()
    },
  }
}

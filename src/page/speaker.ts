import { type Signal, signal } from '@preact/signals'
import type { Language } from '../contract/language.ts'
import { homeZone } from '../contract/when.ts'
import type { Words } from '../contract/words/words.ts'
import { type Reader, readerOf } from './reader.ts'
import { loadWords } from './words.ts'

/** The language in force, and who reads by it. */
export interface Speaker {
  reader: Signal<Reader>
  /** Rejects where the words cannot be had; nothing has changed then. */
  speak: (language: Language) => Promise<void>
  /** From the zone the edge wrote in to the one the reader lives in. */
  comeHome: () => void
}

export function createSpeaker(language: Language, words: Words): Speaker {
  let zone = homeZone
  const reader = signal(readerOf(language, words, zone))
  const set = () => {
    reader.value = readerOf(language, words, zone)
    document.documentElement.lang = language
  }
  return {
    reader,
    async speak(next) {
      words = await loadWords(next)
      language = next
      set()
    },
    comeHome() {
      zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? homeZone
      set()
    },
  }
}

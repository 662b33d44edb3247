import type { Language } from '../language.ts'

/** Accessible name of the frame that embeds the page in a shop. */
export const frameTitle: Record<Language, string> = { ko: '결제', en: 'Payment' }

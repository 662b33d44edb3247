import type { Language } from '../language.ts'

/** What a screen reader calls the frame that a shop holds the page in. */
export const frameTitle: Record<Language, string> = { ko: '결제', en: 'Payment' }

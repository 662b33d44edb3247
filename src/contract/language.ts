export const languages = ['ko', 'en'] as const

export type Language = (typeof languages)[number]

export function isLanguage(value: unknown): value is Language {
  return value === 'ko' || value === 'en'
}

/**
 * The customer's own choice, then the merchant's `display_language`, then what the browser
 * asks for (`Accept-Language`, or `navigator.languages` joined by commas), then Korean.
 */
export function chooseLanguage(wishes: {
  chosen?: string | null | undefined
  display?: Language | null | undefined
  accepted?: string | null | undefined
}): Language {
  if (isLanguage(wishes.chosen)) return wishes.chosen
  if (wishes.display) return wishes.display
  for (const wish of (wishes.accepted ?? '').split(',')) {
    const primary = wish.trim().slice(0, 2).toLowerCase()
    if (isLanguage(primary)) return primary
  }
  return 'ko'
}

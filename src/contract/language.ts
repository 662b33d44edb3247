export const languages = ['ko', 'en'] as const

export type Language = (typeof languages)[number]

export function isLanguage(value: unknown): value is Language {
  return value === 'ko' || value === 'en'
}

/**
 * Order: the customer's choice, the merchant's `display_language`, the browser's languages (`Accept-Language`, or
 * `navigator.languages` joined by commas), Korean.
 */
export function chooseLanguage(preferences: {
  chosen?: string | null | undefined
  display?: Language | null | undefined
  accepted?: string | null | undefined
}): Language {
  if (isLanguage(preferences.chosen)) return preferences.chosen
  if (preferences.display) return preferences.display
  const accepted = (preferences.accepted ?? '').split(',').map(parseRange)
  accepted.sort((a, b) => b.weight - a.weight)
  return accepted.map(({ primary }) => primary).find(isLanguage) ?? 'ko'
}

/** `en-US;q=0.8` is English with a weight of 0.8 (RFC 9110, 12.5.4). */
function parseRange(text: string): { primary: string; weight: number } {
  const [range = '', ...parameters] = text.split(';')
  const q = parameters.map((parameter) => /^\s*q=([\d.]+)/i.exec(parameter)?.[1]).find(Boolean)
  const weight = q === undefined ? 1 : Number(q)
  return { primary: weight > 0 ? range.trim().slice(0, 2).toLowerCase() : '', weight }
}

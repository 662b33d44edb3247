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
  const accepted = (wishes.accepted ?? '').split(',').map(weighed)
  accepted.sort((a, b) => b.weight - a.weight)
  return accepted.map(({ primary }) => primary).find(isLanguage) ?? 'ko'
}

/** `en-US;q=0.8` is English with a weight of 0.8 (RFC 9110, 12.5.4). */
function weighed(wish: string): { primary: string; weight: number } {
  const [range = '', ...parameters] = wish.split(';')
  const q = parameters.map((parameter) => /^\s*q=([\d.]+)/i.exec(parameter)?.[1]).find(Boolean)
  const weight = q === undefined ? 1 : Number(q)
  return { primary: weight > 0 ? range.trim().slice(0, 2).toLowerCase() : '', weight }
}

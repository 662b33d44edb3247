// Supported currencies; others are refused. Exponents follow ISO 4217, because Intl and the gateways disagree (HUF,
// TWD).

interface Currency {
  /** Decimal places between the major and the minor unit. */
  exponent: 0 | 2 | 3
  /** Prefix of the amount, distinct among dollar currencies (`US$`, `HK$`). */
  symbol: string
  /** Omits a zero fraction. */
  bareWhole?: true
}

const table = {
  KRW: { exponent: 0, symbol: '₩' },
  USD: { exponent: 2, symbol: 'US$' },
  EUR: { exponent: 2, symbol: '€' },
  JPY: { exponent: 0, symbol: 'JP¥' },
  AUD: { exponent: 2, symbol: 'A$' },
  BRL: { exponent: 2, symbol: 'R$' },
  CAD: { exponent: 2, symbol: 'CA$' },
  CHF: { exponent: 2, symbol: 'CHF ' },
  CNY: { exponent: 2, symbol: 'CN¥' },
  CZK: { exponent: 2, symbol: 'CZK ' },
  DKK: { exponent: 2, symbol: 'DKK ' },
  GBP: { exponent: 2, symbol: '£' },
  HKD: { exponent: 2, symbol: 'HK$' },
  HUF: { exponent: 2, symbol: 'HUF ' },
  IDR: { exponent: 2, symbol: 'Rp ', bareWhole: true },
  ILS: { exponent: 2, symbol: '₪' },
  INR: { exponent: 2, symbol: '₹' },
  MXN: { exponent: 2, symbol: 'MX$' },
  MYR: { exponent: 2, symbol: 'RM ' },
  NOK: { exponent: 2, symbol: 'NOK ' },
  NZD: { exponent: 2, symbol: 'NZ$' },
  PHP: { exponent: 2, symbol: '₱' },
  PLN: { exponent: 2, symbol: 'PLN ' },
  RUB: { exponent: 2, symbol: 'RUB ' },
  SEK: { exponent: 2, symbol: 'SEK ' },
  SGD: { exponent: 2, symbol: 'S$' },
  THB: { exponent: 2, symbol: '฿' },
  TWD: { exponent: 2, symbol: 'NT$' },
  VND: { exponent: 0, symbol: '₫' },
} as const satisfies Record<string, Currency>

/** ISO 4217 code of a supported currency. */
export type CurrencyCode = keyof typeof table

export const currencyCodes = Object.keys(table) as CurrencyCode[]

export function isCurrencyCode(code: unknown): code is CurrencyCode {
  return typeof code === 'string' && Object.hasOwn(table, code)
}

export function currencyOf(code: CurrencyCode): Currency {
  return table[code]
}

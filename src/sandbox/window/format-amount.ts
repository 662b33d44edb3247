import type { Language } from './texts.ts'

/** 10,000원 in Korean, ₩10,000 in English, US$10.00 in both: Korean is the locale that names the dollar's country. */
export function writeAmount(amount: number, currency: string, language: Language): string {
  if (currency === 'KRW' && language === 'ko') return `${amount.toLocaleString('ko-KR')}원`
  return new Intl.NumberFormat('ko-KR', { style: 'currency', currency }).format(amount)
}

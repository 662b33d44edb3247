import type { Language } from './texts.ts'

/** 10,000원 in Korean, ₩10,000 in English, US$10.00 in both (the Korean locale writes US$ where English writes $). */
export function formatAmount(amount: number, currency: string, language: Language): string {
  if (currency === 'KRW' && language === 'ko') return `${amount.toLocaleString('ko-KR')}원`
  return new Intl.NumberFormat('ko-KR', { style: 'currency', currency }).format(amount)
}

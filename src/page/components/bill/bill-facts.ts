import type { Bill } from '../../../contract/links/link-view.ts'
import type { Fact } from '../elements/facts.tsx'
import type { Locale } from '../locale.ts'

export const amountFact = ({ t, money }: Locale, bill: Bill): Fact => [
  t('bill.amount'),
  money(bill.amount, bill.currency),
]

export const orderFacts = ({ t }: Locale, bill: Bill): Fact[] => [
  [t('bill.order'), bill.name],
  [t('bill.orderNumber'), bill.merchant_uid],
]

export const billFacts = (locale: Locale, bill: Bill): Fact[] => [
  amountFact(locale, bill),
  ...orderFacts(locale, bill),
]

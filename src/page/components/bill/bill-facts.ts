import type { Bill } from '../../../contract/links/link-view.ts'
import type { Fact } from '../elements/facts.tsx'
import type { Reader } from '../locale.ts'

export const amountFact = ({ say, money }: Reader, bill: Bill): Fact => [
  say('bill.amount'),
  money(bill.amount, bill.currency),
]

export const orderFacts = ({ say }: Reader, bill: Bill): Fact[] => [
  [say('bill.order'), bill.name],
  [say('bill.orderNumber'), bill.merchant_uid],
]

export const billFacts = (reader: Reader, bill: Bill): Fact[] => [
  amountFact(reader, bill),
  ...orderFacts(reader, bill),
]

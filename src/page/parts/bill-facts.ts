import type { Bill } from '../../contract/link-view.ts'
import type { Reader } from '../reader.ts'
import type { Fact } from './facts.tsx'

export const amountFact = ({ say, money }: Reader, bill: Bill): Fact => [
  say('bill.amount'),
  money(bill.amount, bill.currency),
]

export const orderFacts = ({ say }: Reader, bill: Bill): Fact[] => [
  [say('bill.order'), bill.name],
  [say('bill.orderNumber'), bill.merchant_uid],
]

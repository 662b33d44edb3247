// Parameters of `IMP.request_pay`, with fields that iamport-typings 1.4.0 lacks.
import type { RequestPayParams as Typed } from 'iamport-typings/src/RequestPayParams.ts'
import type { RequestPayResponse } from 'iamport-typings/src/RequestPayResponse.ts'

/** `pg` and `pay_method` are free text, because gateways change often. */
export type RequestPayParams = Omit<Typed, 'pg' | 'pay_method' | 'currency' | 'buyer_tel'> & {
  pg?: string
  channelKey?: string
  pay_method?: string
  currency?: string
  buyer_tel: string
  customer_id?: string
}

export type { RequestPayResponse }

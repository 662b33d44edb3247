// Maps rows to links and back. Rows are not validated: only the store writes them, and the schema rejects bad ones.

import type { Language } from '../../../contract/language.ts'
import type { CurrencyCode } from '../../../contract/money/currency.ts'
import type {
  GatewayCheck,
  Link,
  LinkContent,
  LinkMethod,
  LinkPayment,
  StoredStatus,
} from '../../domain/links/link.ts'
import { sweepAt } from '../../domain/links/link-status.ts'
import { type RegistrationColumns, registrationColumns, registrationOf } from '../cards/registration-row.ts'
import { type LinksTable, queries } from '../sql/tables.ts'

/** Selects links with their payment and registration. */
export const selectLinks = () =>
  queries
    .selectFrom('links')
    .leftJoin('payments', 'payments.imp_uid', 'links.imp_uid')
    .leftJoin('registrations', 'registrations.link_id', 'links.id')
    .selectAll('links')
    .select(registrationColumns)
    .select([
      'payments.pay_method as pay_method',
      'payments.method_key as method_key',
      'payments.gateway as gateway',
      'payments.late as late',
      'payments.paid_at as paid_at',
      'payments.returned as returned',
      'payments.receipt_url as receipt_url',
      'payments.bank as bank',
      'payments.account as account',
      'payments.holder as holder',
      'payments.due_at as due_at',
    ])

export type LinkRow = LinksTable &
  RegistrationColumns & {
    pay_method: string | null
    method_key: string | null
    gateway: string | null
    late: number | null
    paid_at: number | null
    returned: number | null
    receipt_url: string | null
    bank: string | null
    account: string | null
    holder: string | null
    due_at: number | null
  }

export function linkOf(row: LinkRow): Link {
  return {
    id: row.id,
    user_code: row.user_code,
    tier: row.tier,
    merchant_uid: row.merchant_uid,
    content_hash: row.content_hash,
    status: row.status as StoredStatus,
    move_id: row.move_id,
    title: row.title,
    name: row.name,
    amount: row.charge ?? row.amount,
    currency: row.currency as CurrencyCode,
    tax_free: row.tax_free,
    language: row.language as LinkContent['language'],
    display_language: row.display_language as Language | null,
    buyer: {
      name: row.buyer_name,
      tel: row.buyer_tel,
      addr: row.buyer_addr,
      email: row.buyer_email,
      postcode: row.buyer_postcode,
    },
    custom_data: row.custom_data,
    notice_url: row.notice_url,
    methods: JSON.parse(row.methods) as LinkMethod[],
    direct: row.direct === 1,
    created_at: row.created_at,
    expires_at: row.expires_at,
    ended_at: row.ended_at,
    payment: row.imp_uid === null ? null : heldPaymentOf(row, row.imp_uid),
    ...(row.paid_elsewhere === 1 && { paid_elsewhere: true as const }),
    ...(row.global === 1 && { global: true as const }),
    ...registrationOf(row),
  }
}

function heldPaymentOf(row: LinkRow, imp_uid: string): LinkPayment {
  return {
    imp_uid,
    pay_method: row.pay_method,
    method_key: row.method_key,
    gateway: row.gateway as GatewayCheck,
    late: row.late === 1,
    paid_at: row.paid_at,
    returned: row.returned ?? 0,
    receipt_url: row.receipt_url,
    deposit:
      row.account === null
        ? null
        : { bank: row.bank ?? '', account: row.account, holder: row.holder, due_at: row.due_at },
  }
}

export function rowOf(link: Link): LinksTable {
  const { buyer, payment, direct, methods, registration, paid_elsewhere, ...same } = link
  return {
    ...same,
    // The schema requires an amount above 0; `registrations.charge` holds the real one.
    amount: registration ? Math.max(1, same.amount) : same.amount,
    superseded_by: null,
    buyer_name: buyer.name,
    buyer_tel: buyer.tel,
    buyer_addr: buyer.addr,
    buyer_email: buyer.email,
    buyer_postcode: buyer.postcode,
    methods: JSON.stringify(methods),
    direct: direct ? 1 : 0,
    imp_uid: payment?.imp_uid ?? null,
    sweep_at: sweepAt(link),
    erased_at: null,
    global: link.global ? 1 : 0,
    paid_elsewhere: paid_elsewhere ? 1 : 0,
  }
}

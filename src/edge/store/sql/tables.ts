// Types of the tables that migrations/*.sql create.
import {
  DummyDriver,
  type Generated,
  Kysely,
  type Selectable,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Language } from '../../../contract/language.ts'
import type { EventType } from '../../domain/events/event-body.ts'
import type { MessageChannel, MessageKind } from '../../domain/messages/message.ts'

export interface LinksTable {
  id: string
  user_code: string
  tier: string
  merchant_uid: string
  content_hash: string
  status: string
  move_id: string
  superseded_by: string | null
  title: string
  name: string
  amount: number
  currency: string
  tax_free: number | null
  language: string | null
  display_language: string | null
  buyer_name: string | null
  buyer_tel: string | null
  buyer_addr: string | null
  buyer_email: string | null
  buyer_postcode: string | null
  custom_data: string | null
  notice_url: string | null
  methods: string
  direct: number
  created_at: number
  expires_at: number
  ended_at: number | null
  imp_uid: string | null
  sweep_at: number | null
  erased_at: number | null
  global: number
  paid_elsewhere: number
}

export interface PaymentsTable {
  imp_uid: string
  link_id: string
  status: string
  kept: number
  why: string | null
  amount: number
  currency: string
  returned: number
  pay_method: string | null
  method_key: string | null
  gateway: string
  late: number
  paid_at: number | null
  receipt_url: string | null
  bank: string | null
  account: string | null
  holder: string | null
  due_at: number | null
  seen_at: number
}

export interface ForeignPaymentsTable {
  imp_uid: string
  link_id: string
  amount: number
  currency: string
  returned: number
  paid_at: number | null
  seen_at: number
}

export interface RegistrationsTable {
  link_id: string
  customer_uid: string
  customer_id: string | null
  charge: number
  replaces: number
  form: number
  before: string | null
  tries: number
  tries_since: number | null
  calling_until: number | null
  registered_at: number | null
  late: number
  card_name: string | null
  deleted_at: number | null
}

export interface Tables {
  registrations: RegistrationsTable
  links: LinksTable
  payments: PaymentsTable
  foreign_payments: ForeignPaymentsTable
  history: {
    seq: Generated<number>
    id: string
    link_id: string
    at: number
    from_status: string | null
    to_status: string
    imp_uid: string | null
    why: string
  }
  checkouts: {
    id: string
    link_id: string
    method_key: string
    granted_at: number
    holds_until: number
    visitor: string | null
    opened_at: number | null
    ended_at: number | null
  }
  events: {
    seq: Generated<number>
    id: string
    link_id: string
    user_code: string
    tier: string
    type: EventType | 'notice'
    lane: string
    receiver: string
    url: string | null
    body: string
    created_at: number
    since: number
    due_at: number | null
    claimed_until: number | null
    attempts: number
    delivered_at: number | null
    last_error: string | null
  }
  messages: {
    id: string
    link_id: string
    kind: MessageKind
    channel: MessageChannel
    language: Language
    address: string | null
    recipient: string | null
    seller: string | null
    path: string
    created_at: number
    since: number | null
    due_at: number | null
    claimed_until: number | null
    attempts: number
    tried_at: number | null
    ended_at: number | null
    outcome: 'sent' | 'failed' | 'dropped' | null
    last_error: string | null
  }
  inquiries: { link_id: string; since: number; until: number; ask_at: number; asks: number }
  global_links: { link_id: string; ref: string | null; details: string; buyer: string | null }
  returns: { imp_uid: string; link_id: string; since: number; try_at: number; tries: number }
  logos: { hash: string; type: string; width: number; height: number; bytes: string; until: number }
  logo_addresses: { url: string; hash: string; fetched_at: number }
}

export type HistoryRow = Selectable<Tables['history']>
export type EventRow = Selectable<Tables['events']>
export type MessageRow = Tables['messages']
export type InquiryRow = Tables['inquiries']
export type RefundRow = Tables['returns']

/** Compiles queries; a `Database` runs them. */
export const queries = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

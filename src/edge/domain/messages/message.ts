import type { Language } from '../../../contract/language.ts'

/** `link`: the payment link. `reminder`: the link expires soon. `receipt`: the order is paid. */
export type MessageKind = 'link' | 'reminder' | 'receipt'

export type MessageChannel = 'email' | 'phone'

/** A message to the customer, stored in the same batch as its link. */
export interface NewMessage {
  id: string
  kind: MessageKind
  channel: MessageChannel
  language: Language
  /** E-mail address, or phone number in E.164. */
  address: string
  /** Keyed hash of the address, to count messages per recipient. */
  recipient: string
  seller: string | null
  /** Last part of the link's URL. */
  path: string
  created_at: number
  /** Unix milliseconds; null: waits for the payment. */
  due_at: number | null
}

// A message to the customer, from its planning to its end.
import type { Language } from '../../../contract/language.ts'

/** `link`: here is your bill. `reminder`: it ends soon. `receipt`: it is paid. Only ever about the one order. */
export type MessageKind = 'link' | 'reminder' | 'receipt'

export type MessageChannel = 'email' | 'phone'

/** A message as the store writes it beside the link. */
export interface NewMessage {
  id: string
  kind: MessageKind
  channel: MessageChannel
  language: Language
  /** E-mail address, or telephone number in E.164. */
  address: string
  /** The same for all messages to one address, and tells nobody which: counts what one person gets. */
  recipient: string
  seller: string | null
  /** Last part of the link's URL. */
  path: string
  created_at: number
  /** Unix milliseconds; null: it waits for the payment. */
  due_at: number | null
}

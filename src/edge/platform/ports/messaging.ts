// What carries messages out. A host brings them; without one that channel is not there.
import type { Language } from '../../../contract/language.ts'

export interface Mail {
  /** The same at every attempt at one message: its Message-ID is made from it. */
  id: string
  to: string
  language: Language
  subject: string
  text: string
  html: string
}

export interface TextMessage {
  id: string
  /** E.164. */
  to: string
  language: Language
  /** SMS: at most 90 bytes of EUC-KR. LMS: longer, and with a subject. */
  type: 'SMS' | 'LMS'
  subject?: string
  text: string
}

/**
 * `again`: trying later may help. `why` is written to the database and the log, so it holds codes and our own
 * words, never the other side's: theirs repeat addresses.
 */
export type SendResult = { ok: true } | { ok: false; again: boolean; why: string }

export interface Mailer {
  send(mail: Mail): Promise<SendResult>
}

export interface SmsSender {
  /** Not every provider sends abroad. @param number E.164 */
  reaches(number: string): boolean
  send(message: TextMessage): Promise<SendResult>
}

/** What this edge can send by. */
export interface Channels {
  email: boolean
  phone: false | ((number: string) => boolean)
}

export function channelsOf({ mailer, smsSender }: { mailer?: Mailer; smsSender?: SmsSender }): Channels {
  return {
    email: mailer !== undefined,
    phone: smsSender !== undefined && ((number) => smsSender.reaches(number)),
  }
}

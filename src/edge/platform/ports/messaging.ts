// Transports for messages. The host provides them; a channel without a transport is disabled.
import type { Language } from '../../../contract/language.ts'

export interface Mail {
  /** The same for every attempt; the Message-ID is derived from it. */
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
 * `again`: retry later. `why` goes to the database and the log, so it holds codes and our own words, never the
 * provider's message, which may repeat an address.
 */
export type SendResult = { ok: true } | { ok: false; again: boolean; why: string }

export interface Mailer {
  send(mail: Mail): Promise<SendResult>
}

export interface SmsSender {
  /** False if the provider does not serve the number's country. @param number E.164 */
  reaches(number: string): boolean
  send(message: TextMessage): Promise<SendResult>
}

/** Channels with a transport; `phone` tests whether a number can be reached. */
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

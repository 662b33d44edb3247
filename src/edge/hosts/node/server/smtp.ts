import { createTransport } from 'nodemailer'
import { messageIdOf } from '../../../config/mail-sender.ts'
import type { MailSettings } from '../../../config/message-settings.ts'
import type { Mailer, SendResult } from '../../../platform/ports/messaging.ts'

type SmtpSettings = Extract<MailSettings, { by: 'smtp' }>

/** Encryption that the connection does not begin with: wherever a password leaves the computer. */
export function requiresTls({ host, secure, user }: SmtpSettings): boolean {
  return user !== '' && !secure && !/^(localhost$|127\.|::1$)/.test(host)
}

/** E-mail by SMTP: one connection for each message. */
export function createSmtp(settings: SmtpSettings): Mailer {
  const { host, port, secure, user, password, from } = settings
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: requiresTls(settings),
    ...(user && { auth: { user, pass: password } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ id, to, language, subject, text, html }): Promise<SendResult> {
      try {
        await transport.sendMail({
          // Written out: nothing is taken from headers, and no text is read as a list of addresses.
          envelope: { from: from.address, to: [to] },
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: messageIdOf(id, from),
          // No holiday notice answers it (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        })
        return { ok: true }
      } catch (error) {
        return judge(error as Partial<Failure>)
      }
    },
  }
}

interface Failure {
  code: string
  command: string
  responseCode: number
}

/** The server's sentence is left out: it repeats the address. */
function judge({ code = 'failed', command, responseCode }: Partial<Failure>): SendResult {
  const isRefusal = responseCode !== undefined && responseCode >= 500
  // What is refused before the receiver was named is about us: the operator may mend it in time.
  const again = !(isRefusal && (command === 'RCPT TO' || command === 'DATA'))
  return { ok: false, again, why: responseCode ? `SMTP ${responseCode} after ${command}` : `SMTP ${code}` }
}

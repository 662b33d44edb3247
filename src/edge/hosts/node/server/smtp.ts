import { createTransport } from 'nodemailer'
import { messageIdOf } from '../../../config/mail-sender.ts'
import type { MailSettings } from '../../../config/message-settings.ts'
import type { Mailer, SendResult } from '../../../platform/ports/messaging.ts'

type SmtpSettings = Extract<MailSettings, { by: 'smtp' }>

/** STARTTLS is required if a password is sent to another host. */
export function requiresTls({ host, secure, user }: SmtpSettings): boolean {
  return user !== '' && !secure && !/^(localhost$|127\.|::1$)/.test(host)
}

/** Sends e-mail by SMTP with one connection per message. */
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
          // Explicit envelope, so that no text is parsed as a list of addresses.
          envelope: { from: from.address, to: [to] },
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: messageIdOf(id, from),
          // Suppresses automatic replies (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        })
        return { ok: true }
      } catch (error) {
        return classify(error as Partial<Failure>)
      }
    },
  }
}

interface Failure {
  code: string
  command: string
  responseCode: number
}

/** Omits the server's text, which may contain the address. */
function classify({ code = 'failed', command, responseCode }: Partial<Failure>): SendResult {
  const isRejected = responseCode !== undefined && responseCode >= 500
  // A rejection before RCPT TO concerns the sender's configuration, which the operator may fix in time.
  const again = !(isRejected && (command === 'RCPT TO' || command === 'DATA'))
  return { ok: false, again, why: responseCode ? `SMTP ${responseCode} after ${command}` : `SMTP ${code}` }
}

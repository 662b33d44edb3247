// E-mail over HTTP, for hosts without sockets: Resend's API (resend.com/docs, POST /emails), idempotent for a day by
// Idempotency-Key.

import { formatSender, messageIdOf } from '../../config/mail-sender.ts'
import type { MailSettings } from '../../config/message-settings.ts'
import type { Mailer, SendResult } from '../../platform/ports/messaging.ts'

type ApiSettings = Extract<MailSettings, { by: 'api' }>

const timeoutMs = 15_000

export function createMailApi({ url, key, from }: ApiSettings, deps: { fetch: typeof fetch }): Mailer {
  return {
    async send({ id, to, language, subject, text, html }): Promise<SendResult> {
      const headers = {
        'Message-ID': messageIdOf(id, from),
        'Auto-Submitted': 'auto-generated',
        'Content-Language': language,
      }
      try {
        const response = await deps.fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${key}`,
            'idempotency-key': id,
            'user-agent': 'Dari',
          },
          body: JSON.stringify({ from: formatSender(from), to: [to], subject, text, html, headers }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        })
        await response.body?.cancel()
        if (response.ok) return { ok: true }
        // 422 is permanent (address or text invalid); other errors are retried.
        return { ok: false, again: response.status !== 422, why: `mail API: HTTP ${response.status}` }
      } catch (error) {
        return { ok: false, again: true, why: `mail API: ${error instanceof Error ? error.name : 'failed'}` }
      }
    },
  }
}

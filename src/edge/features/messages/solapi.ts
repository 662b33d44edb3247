// SMS through Solapi, a Korean provider (docs.solapi.com: HMAC authentication, messages/v4/send-many/detail).
import { z } from 'zod'
import type { SmsSettings } from '../../config/message-settings.ts'
import { toHex } from '../../platform/encoding.ts'
import type { SendResult, SmsSender } from '../../platform/ports/messaging.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { hmacSha256 } from '../../platform/sha-256.ts'

interface SolapiDeps {
  fetch: typeof fetch
  now: () => number
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array
}

const timeoutMs = 15_000

/** Logs only Solapi's codes: its error messages repeat phone numbers. */
const code = z.string().regex(/^[\w.-]{1,40}$/)
const accepted = z.object({ failedMessageList: z.array(z.object({ statusCode: code.catch('unknown') })) })
const refused = z.object({ errorCode: code })

/**
 * Permanent failures: invalid message, or a blocked number (docs.solapi.com, message status codes). Missing credit, a
 * wrong key or an unregistered sender are retried, because the operator can fix them.
 */
const final = /^(10(10|11|13|14|25|27|28|29|31|60|61|64)|ValidationError)$/

export function createSolapi({ url, key, secret, from }: SmsSettings, deps: SolapiDeps): SmsSender {
  return {
    // Solapi sends abroad only by country codes that an E.164 number does not separate.
    reaches: (number) => number.startsWith('+82'),
    async send({ id, to, type, subject, text }): Promise<SendResult> {
      const message = {
        to: `0${to.slice(3)}`,
        from,
        type,
        text,
        ...(subject && { subject }),
        customFields: { id },
      }
      try {
        const response = await deps.fetch(`${url}/messages/v4/send-many/detail`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: await authorize(key, secret, deps) },
          body: JSON.stringify({ messages: [message] }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        })
        return toSendResult(response.status, await response.json().catch(() => undefined))
      } catch (error) {
        return { ok: false, again: true, why: error instanceof Error ? `Solapi: ${error.name}` : 'Solapi' }
      }
    },
  }
}

function toSendResult(status: number, body: unknown): SendResult {
  if (status >= 200 && status < 300) {
    const answer = accepted.safeParse(body)
    const failed = answer.data?.failedMessageList[0]?.statusCode
    if (answer.success && failed === undefined) return { ok: true }
    const why = failed ?? 'an answer that is not understood'
    return { ok: false, again: !final.test(why), why: `Solapi: ${why}` }
  }
  const why = refused.safeParse(body).data?.errorCode ?? `HTTP ${status}`
  return { ok: false, again: !final.test(why), why: `Solapi: ${why}` }
}

/** `HMAC-SHA256 apiKey=…, date=…, salt=…, signature=…`; signs date and salt, in hexadecimal. */
async function authorize(apiKey: string, secret: string, { now, random }: SolapiDeps): Promise<string> {
  const date = new Date(now()).toISOString()
  const salt = makeRandomId(random)
  const signature = toHex(await hmacSha256(secret, date + salt))
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`
}

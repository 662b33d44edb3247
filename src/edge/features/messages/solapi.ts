// SMS by Solapi, a Korean provider (docs.solapi.com: authentication by HMAC, messages/v4/send-many/detail).
import { z } from 'zod'
import type { SmsSettings } from '../../config/message-settings.ts'
import { toHex } from '../../platform/encoding.ts'
import type { SendResult, SmsSender } from '../../platform/ports/messaging.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { hmacSha256 } from '../../platform/sha-256.ts'

interface World {
  fetch: typeof fetch
  now: () => number
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array
}

const timeoutMs = 15_000

/** Codes of theirs, and nothing of the sentences beside them: those repeat numbers. */
const code = z.string().regex(/^[\w.-]{1,40}$/)
const accepted = z.object({ failedMessageList: z.array(z.object({ statusCode: code.catch('unknown') })) })
const refused = z.object({ errorCode: code })

/**
 * What no later attempt changes: the message itself, or a number that is blocked or wants none (docs.solapi.com,
 * message status codes). No credit, a wrong key or an unregistered sender is the operator's to mend.
 */
const final = /^(10(10|11|13|14|25|27|28|29|31|60|61|64)|ValidationError)$/

export function createSolapi({ url, key, secret, from }: SmsSettings, world: World): SmsSender {
  return {
    // It sends abroad as SMS only, and by country codes that a number does not tell.
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
        const response = await world.fetch(`${url}/messages/v4/send-many/detail`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: await authorize(key, secret, world) },
          body: JSON.stringify({ messages: [message] }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        })
        return judge(response.status, await response.json().catch(() => undefined))
      } catch (error) {
        return { ok: false, again: true, why: error instanceof Error ? `Solapi: ${error.name}` : 'Solapi' }
      }
    },
  }
}

function judge(status: number, body: unknown): SendResult {
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

/** `HMAC-SHA256 apiKey=…, date=…, salt=…, signature=…` over date and salt, in hexadecimal. */
async function authorize(apiKey: string, secret: string, { now, random }: World): Promise<string> {
  const date = new Date(now()).toISOString()
  const salt = makeRandomId(random)
  const signature = toHex(await hmacSha256(secret, date + salt))
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`
}

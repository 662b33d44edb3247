import type { MessageSettings } from '../../config/message-settings.ts'
import type { AppDeps } from '../../context.ts'
import { createMailApi } from './mail-api.ts'
import { createSolapi } from './solapi.ts'

type Transports = Pick<AppDeps, 'mailer' | 'smsSender'>

/** Transports over HTTP. Hosts with sockets add SMTP. */
export function createTransports(
  { mail, sms }: MessageSettings,
  deps: Pick<AppDeps, 'fetch' | 'now' | 'random'>,
): Transports {
  return {
    ...(mail?.by === 'api' && { mailer: createMailApi(mail, deps) }),
    ...(sms && { smsSender: createSolapi(sms, deps) }),
  }
}

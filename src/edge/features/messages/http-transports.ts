import type { MessageSettings } from '../../config/message-settings.ts'
import type { AppDeps } from '../../context.ts'
import { createMailApi } from './mail-api.ts'
import { createSolapi } from './solapi.ts'

type Carriers = Pick<AppDeps, 'mailer' | 'smsSender'>

/** What can be had by HTTP alone. A host with sockets adds SMTP. */
export function createTransports(
  { mail, sms }: MessageSettings,
  world: Pick<AppDeps, 'fetch' | 'now' | 'random'>,
): Carriers {
  return {
    ...(mail?.by === 'api' && { mailer: createMailApi(mail, world) }),
    ...(sms && { smsSender: createSolapi(sms, world) }),
  }
}

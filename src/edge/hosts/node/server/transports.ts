import type { AppDeps } from '../../../context.ts'
import { createTransports } from '../../../features/messages/http-transports.ts'
import type { MessagePreview } from '../../../features/messages/preview.ts'

type TransportDeps = Pick<AppDeps, 'settings' | 'fetch' | 'now' | 'random'>

/** Creates the transports for messages to customers. The sandbox collects messages in a preview instead. */
export async function createMessageTransports({
  settings,
  ...deps
}: TransportDeps): Promise<Pick<AppDeps, 'mailer' | 'smsSender'> & { preview?: MessagePreview }> {
  const { sandbox, messages } = settings
  if (sandbox) {
    const { createMessagePreview } = await import('../../../features/messages/preview.ts')
    const preview = createMessagePreview(deps.now)
    return { mailer: preview.mailer, smsSender: preview.smsSender, preview }
  }
  const { mail } = messages
  if (mail?.by !== 'smtp') return createTransports(messages, deps)
  const { createSmtp } = await import('./smtp.ts')
  return { ...createTransports(messages, deps), mailer: createSmtp(mail) }
}

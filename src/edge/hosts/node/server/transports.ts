import type { AppDeps } from '../../../context.ts'
import { createTransports } from '../../../features/messages/http-transports.ts'
import type { MessagePreview } from '../../../features/messages/preview.ts'

type World = Pick<AppDeps, 'settings' | 'fetch' | 'now' | 'random'>

/** What messages go out by. In the sandbox everything goes on the shelf, which nothing else has. */
export async function createMessageTransports({
  settings,
  ...world
}: World): Promise<Pick<AppDeps, 'mailer' | 'smsSender'> & { shelf?: MessagePreview }> {
  const { sandbox, messages } = settings
  if (sandbox) {
    const { createMessagePreview: createShelf } = await import('../../../features/messages/preview.ts')
    const shelf = createShelf(world.now)
    return { mailer: shelf.mailer, smsSender: shelf.smsSender, shelf }
  }
  const { mail } = messages
  if (mail?.by !== 'smtp') return createTransports(messages, world)
  const { createSmtp } = await import('./smtp.ts')
  return { ...createTransports(messages, world), mailer: createSmtp(mail) }
}

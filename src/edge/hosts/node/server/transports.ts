import type { AppDeps } from '../../../context.ts'
import { carriersOf } from '../../../features/messages/http-transports.ts'
import type { Shelf } from '../../../features/messages/preview.ts'

type World = Pick<AppDeps, 'settings' | 'fetch' | 'now' | 'random'>

/** What messages go out by. In the sandbox everything goes on the shelf, which nothing else has. */
export async function createCarriers({
  settings,
  ...world
}: World): Promise<Pick<AppDeps, 'mailer' | 'texter'> & { shelf?: Shelf }> {
  const { sandbox, messages } = settings
  if (sandbox) {
    const { createShelf } = await import('../../../features/messages/preview.ts')
    const shelf = createShelf(world.now)
    return { mailer: shelf.mailer, texter: shelf.texter, shelf }
  }
  const { mail } = messages
  if (mail?.by !== 'smtp') return carriersOf(messages, world)
  const { createSmtp } = await import('./smtp.ts')
  return { ...carriersOf(messages, world), mailer: createSmtp(mail) }
}

import type { OpenLink } from '../../contract/links/link-view.ts'
import { usePage } from '../components/page-context.ts'
import { useSayExtra } from './say.ts'

/**
 * In a shop's frame on a phone, in the place of the methods: there the gateway takes the whole tab and comes back
 * to it, which a frame is not. Shown by the style alone, for a document does not know where it will be.
 */
export function Leave({ view }: { view: OpenLink }) {
  const { device } = usePage()
  const say = useSayExtra()
  if (!view.extras?.embed) return null
  return (
    <div class="leave">
      <p class="minor">{say('embed.why')}</p>
      <a class="primary" href={device.url} target="_top">
        {say('embed.leave')}
      </a>
    </div>
  )
}

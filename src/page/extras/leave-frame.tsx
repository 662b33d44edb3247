import type { OpenLink } from '../../contract/links/link-view.ts'
import { usePage } from '../components/page-context.ts'
import { useTranslateExtra } from './translate-extra.ts'

/**
 * Replaces the methods in a shop's frame on phones, where gateways redirect the whole tab. Shown by CSS, because
 * the edge cannot know where the document is displayed.
 */
export function LeaveFrame({ view }: { view: OpenLink }) {
  const { device } = usePage()
  const t = useTranslateExtra()
  if (!view.extras?.embed) return null
  return (
    <div class="leave">
      <p class="minor">{t('embed.why')}</p>
      <a class="primary" href={device.url} target="_top">
        {t('embed.leave')}
      </a>
    </div>
  )
}

import { CopyButton } from '../elements/copy-button.tsx'
import { usePage } from '../page-context.ts'

/** In in-app browsers: a way to open the page in the default browser. */
export function InAppNotice() {
  const { locale, device } = usePage()
  const { t } = locale
  if (!device.externalBrowser) return null
  return (
    <aside class="notice">
      <p>{t('open.inApp')}</p>
      <div class="row">
        {device.externalBrowser.href && (
          <a class="quiet" href={device.externalBrowser.href}>
            {t('open.openBrowser')}
          </a>
        )}
        <CopyButton text={device.url} label={t('open.copyAddress')} />
      </div>
    </aside>
  )
}

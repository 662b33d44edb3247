import { CopyButton } from '../elements/copy-button.tsx'
import { usePage } from '../page-context.ts'

/** Inside a chat app's browser: switching to a payment app may fail, and here is the way out. */
export function InAppNotice() {
  const { reader, device } = usePage()
  const { say } = reader
  if (!device.wayOut) return null
  return (
    <aside class="notice">
      <p>{say('open.inApp')}</p>
      <div class="row">
        {device.wayOut.href && (
          <a class="quiet" href={device.wayOut.href}>
            {say('open.openBrowser')}
          </a>
        )}
        <CopyButton text={device.url} label={say('open.copyAddress')} />
      </div>
    </aside>
  )
}

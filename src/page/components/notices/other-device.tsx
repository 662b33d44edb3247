import { useEffect, useState } from 'preact/hooks'
import { usePage } from '../page-context.ts'
import type { QrPath } from './qr-path.ts'

/** QR code of the link on wide screens; the encoder is loaded only there. */
export function OtherDevice() {
  const { locale, device } = usePage()
  const [qr, setQr] = useState<QrPath | null>(null)
  useEffect(() => {
    if (!matchMedia('(min-width: 900px)').matches) return
    // Text and code appear together.
    import('./qr-path.ts').then(
      ({ qrPathOf }) => setQr(qrPathOf(device.url)),
      () => {},
    )
  }, [device.url])
  return (
    <aside class="other-device">
      {qr && (
        <>
          <svg class="qr" viewBox={`0 0 ${qr.size} ${qr.size}`} aria-hidden="true">
            <path d={qr.path} />
          </svg>
          <p class="minor">{locale.t('open.scan')}</p>
        </>
      )}
    </aside>
  )
}

import { useEffect, useState } from 'preact/hooks'
import { usePage } from '../page-context.ts'
import type { QrPath } from './qr-path.ts'

/** On a wide screen: the same link as a QR code. Its code comes later and only there. */
export function OtherDevice() {
  const { reader, device } = usePage()
  const [qr, setQr] = useState<QrPath | null>(null)
  useEffect(() => {
    if (!matchMedia('(min-width: 900px)').matches) return
    // Without the code the sentence alone would be a riddle, so both wait for it.
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
          <p class="minor">{reader.say('open.scan')}</p>
        </>
      )}
    </aside>
  )
}

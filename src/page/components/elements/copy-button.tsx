import { useState } from 'preact/hooks'
import { usePage } from '../page-context.ts'

/** Confirms copying in its label, which screen readers announce. */
export function CopyButton({ text, label, name }: { text: string; label: string; name?: string }) {
  const { locale, device } = usePage()
  const [copied, setCopied] = useState(false)
  const copy = () => {
    void device.copy?.(text).then(setCopied)
  }
  return (
    <button type="button" class="quiet" aria-label={copied ? undefined : name} onClick={copy}>
      <span aria-live="polite">{copied ? locale.t('deposit.copied') : label}</span>
    </button>
  )
}

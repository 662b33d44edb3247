import { useState } from 'preact/hooks'
import { usePage } from '../page-context.ts'

/** Says on itself that it worked, and says it to a screen reader too. */
export function CopyButton({ text, label, name }: { text: string; label: string; name?: string }) {
  const { reader, device } = usePage()
  const [copied, setCopied] = useState(false)
  const press = () => {
    void device.copy?.(text).then(setCopied)
  }
  return (
    <button type="button" class="quiet" aria-label={copied ? undefined : name} onClick={press}>
      <span aria-live="polite">{copied ? reader.say('deposit.copied') : label}</span>
    </button>
  )
}

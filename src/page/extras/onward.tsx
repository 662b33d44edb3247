import { useEffect, useRef, useState } from 'preact/hooks'
import type { LinkView } from '../../contract/links/link-view.ts'
import { usePage } from '../components/page-context.ts'
import type { Model } from '../flow/model.ts'
import { hostOf, withLanguage } from './onward-url.ts'
import { useTranslateExtra } from './translate-extra.ts'
import { useCountdown } from './use-countdown.ts'
import { useFrame } from './use-frame.ts'

/** Time to read the receipt; any activity stops the countdown (WCAG 2.2.1). */
const countdownSeconds = 10

const attemptStates: readonly Model['at'][] = ['paying', 'confirming', 'unknown']
const endStates: readonly Model['at'][] = ['settled', 'declined', 'cancelled', 'rejected', 'paid_elsewhere']

/**
 * Link to `success_url`. Navigates by itself only after a payment in this visit: not during a deposit (the account
 * number is needed), after a refusal, or on a reopened receipt.
 */
export function Onward({ model }: { model: Model }) {
  const hasAttempted = useRef(usePage().returning === true)
  const { language } = usePage().locale
  hasAttempted.current ||= attemptStates.includes(model.at)
  const view = endStates.includes(model.at) && 'view' in model ? model.view : null
  const host = hostOf(view?.extras?.onward_url)
  if (!view?.extras?.onward_url || !host) return null
  const isPaid = model.at === 'settled' && view.status === 'paid'
  return (
    <OnwardLink
      key={model.at + view.status}
      url={withLanguage(view.extras.onward_url, language)}
      host={host}
      status={isPaid ? 'paid' : view.status}
      isAutomatic={isPaid && hasAttempted.current}
    />
  )
}

interface OnwardLinkProps {
  url: string
  host: string
  status: LinkView['status']
  /** Navigates unless the customer stays. */
  isAutomatic: boolean
}

function OnwardLink({ url, host, status, isAutomatic }: OnwardLinkProps) {
  const t = useTranslateExtra()
  const frame = useFrame()
  const linkRef = useRef<HTMLAnchorElement>(null)
  const { seconds, stay } = useCountdown(countdownSeconds, isAutomatic, () => {
    // In a frame, the shop moves the tab.
    if (parent === window) location.assign(url)
  })
  const counts = seconds !== null && frame === 'none'
  const [announcement, setAnnouncement] = useState('')
  useEffect(() => {
    // Announced once, not every second.
    if (counts) setAnnouncement(t('onward.soon', { seconds: countdownSeconds, host }))
  }, [counts])
  if (frame === 'closed') return null
  return (
    <section class={`onward ${status}`}>
      <p class="unseen" role="status">
        {announcement}
      </p>
      {counts && (
        <div class="countdown">
          <p class="minor">{t('onward.soon', { seconds, host })}</p>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              stay()
              linkRef.current?.focus()
            }}
          >
            {t('onward.stay')}
          </button>
        </div>
      )}
      <a
        ref={linkRef}
        class={status === 'paid' ? 'primary' : 'secondary'}
        href={url}
        target={frame === 'onward' ? '_top' : undefined}
      >
        {t(status === 'paid' || status === 'awaiting_deposit' ? 'onward.go' : 'extras.back', { host })}
      </a>
    </section>
  )
}

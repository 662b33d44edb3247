import { useEffect, useRef, useState } from 'preact/hooks'
import type { LinkView } from '../../contract/links/link-view.ts'
import { usePage } from '../components/page-context.ts'
import type { Model } from '../flow/model.ts'
import { useSayExtra } from './say.ts'
import { useCountdown } from './use-countdown.ts'
import { useFrame } from './use-frame.ts'
import { hostOf, inLanguage } from './where.ts'

/** Time to read a receipt's first lines; whoever wants more needs only to move (WCAG 2.2.1). */
const pauseSeconds = 10

const under: readonly Model['at'][] = ['paying', 'confirming', 'unknown']
const over: readonly Model['at'][] = ['settled', 'declined', 'cancelled', 'rejected', 'paid_elsewhere']

/**
 * Where the customer goes on to, and the way there. By itself only after a payment of this very visit: who waits
 * for a deposit needs the account number, who was refused may try again, and who opens a receipt wants to read it.
 */
export function Onward({ model }: { model: Model }) {
  const attempted = useRef(usePage().returning === true)
  const { language } = usePage().reader
  attempted.current ||= under.includes(model.at)
  const view = over.includes(model.at) && 'view' in model ? model.view : null
  const host = hostOf(view?.extras?.onward_url)
  if (!view?.extras?.onward_url || !host) return null
  const isPaid = model.at === 'settled' && view.status === 'paid'
  return (
    <Way
      key={model.at + view.status}
      url={inLanguage(view.extras.onward_url, language)}
      host={host}
      status={isPaid ? 'paid' : view.status}
      isHurried={isPaid && attempted.current}
    />
  )
}

interface WayProps {
  url: string
  host: string
  status: LinkView['status']
  /** Goes by itself unless the customer stays. */
  isHurried: boolean
}

function Way({ url, host, status, isHurried }: WayProps) {
  const say = useSayExtra()
  const frame = useFrame()
  const way = useRef<HTMLAnchorElement>(null)
  const { seconds, stay } = useCountdown(pauseSeconds, isHurried, () => {
    // Only the shop around a frame moves the tab.
    if (parent === window) location.assign(url)
  })
  const counts = seconds !== null && frame === 'none'
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    // Once: nobody wants to hear the seconds go by.
    if (counts) setSpoken(say('onward.soon', { seconds: pauseSeconds, host }))
  }, [counts])
  if (frame === 'closed') return null
  return (
    <section class={`onward ${status}`}>
      <p class="unseen" role="status">
        {spoken}
      </p>
      {counts && (
        <div class="countdown">
          <p class="minor">{say('onward.soon', { seconds, host })}</p>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              stay()
              way.current?.focus()
            }}
          >
            {say('onward.stay')}
          </button>
        </div>
      )}
      <a
        ref={way}
        class={status === 'paid' ? 'primary' : 'secondary'}
        href={url}
        target={frame === 'onward' ? '_top' : undefined}
      >
        {say(status === 'paid' || status === 'awaiting_deposit' ? 'onward.go' : 'extras.back', { host })}
      </a>
    </section>
  )
}

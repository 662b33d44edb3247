// Screens without a result yet.
import type { LinkView } from '../../contract/links/link-view.ts'
import { billFacts } from '../components/bill/bill-facts.ts'
import { RetryButton } from '../components/elements/retry-button.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { usePage } from '../components/page-context.ts'

export function LoadingScreen() {
  const { t } = usePage().locale
  return <StatusScreen glyph="busy" heading={t('app.loading')} />
}

/** Lies under the payment window; the window bar has the way back. */
export function PayingScreen() {
  const { t } = usePage().locale
  return <StatusScreen glyph="busy" heading={t('paying.heading')} text={t('paying.text')} />
}

export function ConfirmingScreen() {
  const { t } = usePage().locale
  return <StatusScreen glyph="busy" heading={t('confirming.heading')} text={t('confirming.text')} />
}

/** The charge is unknown, so paying again is not offered. */
export function UnknownScreen({ view }: { view: LinkView | null }) {
  const { locale } = usePage()
  const { t } = locale
  return (
    <StatusScreen
      glyph="question"
      tone="problem"
      heading={t('unknown.heading')}
      text={t('unknown.text')}
      facts={view ? billFacts(locale, view) : []}
    >
      <RetryButton variant="secondary" text={t('unknown.check')} />
    </StatusScreen>
  )
}

// Screens without a link.

import { RetryButton } from '../components/elements/retry-button.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { unreachableText } from '../components/notices/charge-claims.ts'
import { usePage } from '../components/page-context.ts'
import type { Charge } from '../flow/model.ts'

export function NotFoundScreen() {
  const { t } = usePage().locale
  return <StatusScreen glyph="question" heading={t('notFound.heading')} text={t('notFound.text')} />
}

export function UnreachableScreen({ charge }: { charge: Charge }) {
  const { t } = usePage().locale
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={t('unreachable.heading')}
      text={unreachableText(t, charge)}
    >
      <RetryButton text={t('open.retry')} />
    </StatusScreen>
  )
}

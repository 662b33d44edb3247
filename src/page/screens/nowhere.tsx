// The screens without a link.

import { AgainButton } from '../components/elements/again-button.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { unreachableText } from '../components/notices/not-charged.ts'
import { usePage } from '../components/page-context.ts'
import type { Charge } from '../flow/model.ts'

export function NotFoundScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="question" heading={say('notFound.heading')} text={say('notFound.text')} />
}

export function UnreachableScreen({ charge }: { charge: Charge }) {
  const { say } = usePage().reader
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={say('unreachable.heading')}
      text={unreachableText(say, charge)}
    >
      <AgainButton text={say('open.retry')} />
    </StatusScreen>
  )
}

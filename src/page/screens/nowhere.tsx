// The screens without a link.
import type { Charge } from '../flow/model.ts'
import { usePage } from '../page.ts'
import { AgainButton } from '../parts/again-button.tsx'
import { unreachableText } from '../parts/not-charged.ts'
import { StatusScreen } from '../parts/status.tsx'

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

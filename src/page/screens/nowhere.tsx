// The screens without a link.
import { usePage } from '../page.ts'
import { AgainButton } from '../parts/again-button.tsx'
import { StatusScreen } from '../parts/status.tsx'

export function NotFoundScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="question" heading={say('notFound.heading')} text={say('notFound.text')} />
}

export function UnreachableScreen() {
  const { say } = usePage().reader
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={say('unreachable.heading')}
      text={say('unreachable.text')}
    >
      <AgainButton text={say('open.retry')} />
    </StatusScreen>
  )
}

// The screens without a link.
import { usePage } from '../page.ts'
import { StatusScreen } from '../parts/status.tsx'

export function NotFoundScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="question" heading={say('notFound.heading')} text={say('notFound.text')} />
}

export function UnreachableScreen() {
  const { reader, tell } = usePage()
  const { say } = reader
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={say('unreachable.heading')}
      text={say('unreachable.text')}
    >
      <button type="button" class="primary" onClick={() => tell({ type: 'again' })}>
        {say('open.retry')}
      </button>
    </StatusScreen>
  )
}

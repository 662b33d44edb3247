// The screens on which nobody has an answer yet.
import type { LinkView } from '../../contract/links/link-view.ts'
import { billFacts } from '../components/bill/bill-facts.ts'
import { AgainButton } from '../components/elements/again-button.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { usePage } from '../components/page-context.ts'

export function LoadingScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="busy" heading={say('app.loading')} />
}

/** Lies under the payment window; the way back is in the bar above that. */
export function PayingScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="busy" heading={say('paying.heading')} text={say('paying.text')} />
}

export function ConfirmingScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="busy" heading={say('confirming.heading')} text={say('confirming.text')} />
}

/** Nobody knows whether money moved: no way to pay again is offered here. */
export function UnknownScreen({ view }: { view: LinkView | null }) {
  const { reader } = usePage()
  const { say } = reader
  return (
    <StatusScreen
      glyph="question"
      tone="problem"
      heading={say('unknown.heading')}
      text={say('unknown.text')}
      facts={view ? billFacts(reader, view) : []}
    >
      <AgainButton look="secondary" text={say('unknown.check')} />
    </StatusScreen>
  )
}

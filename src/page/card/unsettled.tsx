// The screens of an attempt that registered nothing, or of which nobody knows yet.
import type { LinkView } from '../../contract/links/link-view.ts'
import { AgainButton } from '../components/elements/again-button.tsx'
import type { Fact } from '../components/elements/facts.tsx'
import { type Status, StatusScreen } from '../components/elements/status.tsx'
import type { Reader } from '../components/locale.ts'
import { FailureReason } from '../components/notices/failure-reason.tsx'
import { usePage } from '../components/page-context.ts'
import type { Desk, WindowFailure } from '../flow/model.ts'

export const aboutFacts = ({ say }: Reader, view: LinkView): Fact[] => [
  [say('card.for'), view.name],
  [say('bill.orderNumber'), view.merchant_uid],
]

function About({ view, ...status }: { view: LinkView | null } & Status) {
  const { reader } = usePage()
  return <StatusScreen {...status} facts={view ? aboutFacts(reader, view) : []} />
}

interface Attempted {
  view: LinkView
  desk: Desk
}

export function DeclinedScreen({ view, desk: { charge } }: Attempted) {
  const { say } = usePage().reader
  return (
    <About
      view={view}
      glyph="alert"
      tone="problem"
      heading={say('card.declinedHeading')}
      text={say(charge === 'so_far' ? 'card.soFarText' : 'card.declinedText')}
    >
      <AgainButton look={charge === 'so_far' ? 'secondary' : 'primary'} text={say('card.again')} />
    </About>
  )
}

export function CancelledScreen({
  view,
  desk: { charge },
  failure,
}: Attempted & { failure?: WindowFailure | undefined }) {
  const { say } = usePage().reader
  if (failure)
    return (
      <About
        view={view}
        glyph="alert"
        tone="problem"
        heading={say(failure.shown ? 'card.failedHeading' : 'card.notOpenedHeading')}
        text={say(charge === 'so_far' ? 'card.soFarText' : 'card.nothingText')}
      >
        <FailureReason failure={failure} />
        <AgainButton look={charge === 'so_far' ? 'secondary' : 'primary'} text={say('card.again')} />
      </About>
    )
  return (
    <About
      view={view}
      glyph="back"
      heading={say(charge === 'so_far' ? 'card.soFarHeading' : 'card.cancelledHeading')}
      text={say(charge === 'so_far' ? 'card.soFarText' : 'card.nothingText')}
    >
      <AgainButton look={charge === 'so_far' ? 'secondary' : 'primary'} text={say('card.again')} />
    </About>
  )
}

/** Nobody knows whether there is a card: no way to register again is offered here. */
export function UnknownScreen({ view }: { view: LinkView | null }) {
  const { say } = usePage().reader
  return (
    <About
      view={view}
      glyph="question"
      tone="problem"
      heading={say('card.unknownHeading')}
      text={say(view && view.amount > 0 ? 'card.unknownCharged' : 'card.unknownText')}
    >
      <AgainButton look="secondary" text={say('unknown.check')} />
    </About>
  )
}

export function ConfirmingScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="busy" heading={say('card.confirming')} text={say('confirming.text')} />
}

export function PayingScreen() {
  const { say } = usePage().reader
  return <StatusScreen glyph="busy" heading={say('card.paying')} text={say('paying.text')} />
}

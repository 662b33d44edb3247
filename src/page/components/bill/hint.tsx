import type { Say } from '../../../contract/i18n/words.ts'
import type { Charge, Desk } from '../../flow/model.ts'
import { AgainButton } from '../elements/again-button.tsx'
import { type Group, withClaim } from '../notices/not-charged.ts'
import { usePage } from '../page-context.ts'

/**
 * One line over the button that says why it is not ready or what to trust.
 * @param unread what the first script says before there are screens: where the connection is lost, and after a window
 */
export function Hint({
  desk,
  group,
  charge,
  unread,
}: {
  desk: Desk
  group: Group
  charge: Charge
  unread?: { cut: string; confirming: string }
}) {
  const { say } = usePage().reader
  return desk.sdk === 'blocked' ? (
    <div class="notice" role="alert">
      <p>{withClaim(say(`${group}.sdkBlocked`), say, group, charge)}</p>
      <AgainButton look="quiet" text={say('open.retry')} />
    </div>
  ) : (
    <p
      id="hint"
      class={`hint ${desk.trouble ? 'trouble' : ''}`}
      aria-live="polite"
      data-cut={unread?.cut}
      data-confirming={unread?.confirming}
    >
      {hint(desk, group, charge, say)}
    </p>
  )
}

function hint({ trouble, wanted, sdk }: Desk, group: Group, charge: Charge, say: Say): string {
  switch (trouble?.why) {
    case 'press_again':
      return say('open.pressAgain')
    case 'popup_blocked':
      return withClaim(say(`${group}.popupBlocked`), say, group, charge)
    case 'failed':
      return withClaim(say(`${group}.grantFailed`), say, group, charge)
    case 'refused':
      return withClaim(say(`${group}.grantRefused`), say, group, charge)
    case 'too_many':
      return say('open.tooMany', { seconds: trouble.seconds })
  }
  return say(wanted || sdk === 'loading' ? `${group}.preparing` : `${group}.secure`)
}

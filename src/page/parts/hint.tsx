import type { Say } from '../../contract/words/words.ts'
import type { Desk } from '../flow/model.ts'
import { usePage } from '../page.ts'
import { AgainButton } from './again-button.tsx'

/** Whose sentences: of a bill, or of a registration. */
type Group = 'open' | 'card'

/**
 * One line over the button that says why it is not ready or what to trust.
 * @param cut what the first script says where the connection is lost, before there are screens
 */
export function Hint({ desk, group, cut }: { desk: Desk; group: Group; cut?: string }) {
  const { say } = usePage().reader
  return desk.sdk === 'blocked' ? (
    <div class="notice" role="alert">
      <p>{say(`${group}.sdkBlocked`)}</p>
      <AgainButton look="quiet" text={say('open.retry')} />
    </div>
  ) : (
    <p id="hint" class={`hint ${desk.trouble ? 'trouble' : ''}`} aria-live="polite" data-cut={cut}>
      {hint(desk, group, say)}
    </p>
  )
}

function hint({ trouble, wanted, sdk }: Desk, group: Group, say: Say): string {
  switch (trouble?.why) {
    case 'press_again':
      return say('open.pressAgain')
    case 'failed':
      return say(`${group}.grantFailed`)
    case 'refused':
      return say(`${group}.grantRefused`)
    case 'too_many':
      return say('open.tooMany', { seconds: trouble.seconds })
  }
  return say(wanted || sdk === 'loading' ? `${group}.preparing` : `${group}.secure`)
}

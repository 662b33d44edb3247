import type { Say } from '../../contract/i18n/words.ts'
import type { Fact } from '../components/elements/facts.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { usePage } from '../components/page-context.ts'
import type { Charge, Model } from '../flow/model.ts'

/** The order seems to be paid, and not through this link: no way to pay, and the seller is to be asked. */
export function PaidElsewhereScreen({
  model: { charge, checking = false },
  facts,
}: {
  model: Extract<Model, { at: 'paid_elsewhere' }>
  facts: readonly Fact[]
}) {
  const { reader, tell } = usePage()
  const { say, language } = reader
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={say('elsewhere.heading')}
      text={textOf(charge, say)}
      facts={facts}
    >
      {/* Where no script runs, the form loads the page anew: that asks, too. */}
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          if (!checking) tell({ type: 'again' })
        }}
      >
        <input type="hidden" name="lang" value={language} />
        <button type="submit" class="secondary" aria-busy={checking}>
          {checking && <span class="spinner" />}
          <span aria-live="polite">{say(checking ? 'elsewhere.checking' : 'elsewhere.check')}</span>
        </button>
      </form>
    </StatusScreen>
  )
}

function textOf(charge: Charge, say: Say): string {
  const claims = {
    none: [say('claim.linkNotCharged')],
    so_far: [say('claim.linkNotChargedSoFar')],
    unknown: [],
  }
  return [say('claim.paidElsewhere'), ...claims[charge], say('elsewhere.ask')].join(' ')
}

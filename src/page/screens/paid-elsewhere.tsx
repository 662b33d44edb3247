import type { Translate } from '../../contract/i18n/words.ts'
import type { Fact } from '../components/elements/facts.tsx'
import { StatusScreen } from '../components/elements/status.tsx'
import { usePage } from '../components/page-context.ts'
import type { Charge, Model } from '../flow/model.ts'

/** The order seems to be paid, but not through this link: the customer contacts the seller instead of paying. */
export function PaidElsewhereScreen({
  model: { charge, checking = false },
  facts,
}: {
  model: Extract<Model, { at: 'paid_elsewhere' }>
  facts: readonly Fact[]
}) {
  const { locale, dispatch } = usePage()
  const { t, language } = locale
  return (
    <StatusScreen
      glyph="alert"
      tone="problem"
      heading={t('elsewhere.heading')}
      text={textOf(charge, t)}
      facts={facts}
    >
      {/* Without scripts, the form reloads the page, which checks again. */}
      <form
        onSubmit={(submit) => {
          submit.preventDefault()
          if (!checking) dispatch({ type: 'retry' })
        }}
      >
        <input type="hidden" name="lang" value={language} />
        <button type="submit" class="secondary" aria-busy={checking}>
          {checking && <span class="spinner" />}
          <span aria-live="polite">{t(checking ? 'elsewhere.checking' : 'elsewhere.check')}</span>
        </button>
      </form>
    </StatusScreen>
  )
}

function textOf(charge: Charge, t: Translate): string {
  const claims = {
    none: [t('claim.linkNotCharged')],
    so_far: [t('claim.linkNotChargedSoFar')],
    unknown: [],
  }
  return [t('claim.paidElsewhere'), ...claims[charge], t('elsewhere.ask')].join(' ')
}

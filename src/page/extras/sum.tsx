import type { SumLine } from '../../contract/links/link-extras.ts'
import type { Bill } from '../../contract/links/link-view.ts'
import { usePage } from '../components/page-context.ts'
import { useTranslateExtra } from './translate-extra.ts'

/** Breakdown of the amount; hidden if there is one line or the lines do not add up. */
export function Sum({ bill }: { bill: Bill }) {
  const { money } = usePage().locale
  const t = useTranslateExtra()
  const lines = bill.extras?.lines ?? []
  if (lines.length < 2 || totalOf(lines) !== bill.amount) return null
  const term = ({ kind, code }: SumLine) => {
    if (kind === 'discount') return code ? t('sum.promo', { code }) : t('sum.discount')
    return t(kind === 'items' ? 'sum.items' : 'sum.shipping')
  }
  return (
    <section class="sum" aria-label={t('sum.heading')}>
      <dl class="facts">
        {lines.map((line) => (
          <div key={line.kind}>
            <dt>{term(line)}</dt>
            <dd>
              {line.kind === 'discount' && '\u2212'}
              {money(line.amount, bill.currency)}
            </dd>
          </div>
        ))}
        <div class="total">
          <dt>{t('sum.total')}</dt>
          <dd>{money(bill.amount, bill.currency)}</dd>
        </div>
      </dl>
    </section>
  )
}

const totalOf = (lines: readonly SumLine[]) =>
  lines.reduce((sum, { kind, amount }) => sum + (kind === 'discount' ? -amount : amount), 0)

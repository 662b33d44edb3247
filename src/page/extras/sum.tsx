import type { SumLine } from '../../contract/links/link-extras.ts'
import type { Bill } from '../../contract/links/link-view.ts'
import { usePage } from '../components/page-context.ts'
import { useSayExtra } from './say.ts'

/** What the amount is made of. One line says nothing new, and lines that do not add up are not shown. */
export function Sum({ bill }: { bill: Bill }) {
  const { money } = usePage().reader
  const say = useSayExtra()
  const lines = bill.extras?.lines ?? []
  if (lines.length < 2 || totalOf(lines) !== bill.amount) return null
  const term = ({ kind, code }: SumLine) => {
    if (kind === 'discount') return code ? say('sum.promo', { code }) : say('sum.discount')
    return say(kind === 'items' ? 'sum.items' : 'sum.shipping')
  }
  return (
    <section class="sum" aria-label={say('sum.heading')}>
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
          <dt>{say('sum.total')}</dt>
          <dd>{money(bill.amount, bill.currency)}</dd>
        </div>
      </dl>
    </section>
  )
}

const totalOf = (lines: readonly SumLine[]) =>
  lines.reduce((sum, { kind, amount }) => sum + (kind === 'discount' ? -amount : amount), 0)

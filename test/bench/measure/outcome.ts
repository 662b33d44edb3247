import type { Outcome } from '../part.ts'
import type { Row } from './row.ts'

const short = (value: number) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString()

/** A target for the ratio, or for the value where there is none. More is better of answers alone. */
function isMissed({ value, unit, ratio, target }: Row): boolean {
  if (target === undefined) return false
  const measured = ratio ?? value
  return unit === '/s' ? measured < target : measured > target
}

/** Rows as the table that is printed; a target that is missed is a problem. */
export function outcomeOf(rows: Row[]): Outcome {
  const table = rows.map(
    ({ name, value, unit, baseline, ratio, target, range: [least, most] = [value, value] }) => ({
      what: name,
      Dari: `${short(value)} ${unit}`,
      baseline: baseline === undefined ? '' : `${short(baseline)} ${unit}`,
      ratio: ratio === undefined ? '' : short(ratio),
      range: `${short(least)}-${short(most)}`,
      target: target === undefined ? '' : short(target),
    }),
  )
  const problems = rows.filter(isMissed).map(({ name }) => `${name} misses its target`)
  return { table, figures: { rows }, problems }
}

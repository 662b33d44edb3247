import type { Outcome } from '../part.ts'
import type { Row } from './row.ts'

const short = (value: number) =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString()

/** A target for the ratio, or for the value if there is none. A maximum, except for throughput. */
function isMissed({ value, unit, ratio, target }: Row): boolean {
  if (target === undefined) return false
  const measured = ratio ?? value
  return unit === '/s' ? measured < target : measured > target
}

/** Formats rows as the printed table; missed targets become problems. */
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

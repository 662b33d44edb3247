/** One line of the benchmark's table. */
export interface Row {
  name: string
  /** Median over the runs. */
  value: number
  unit: string
  /** The same, measured of the baseline in the same run. */
  baseline?: number
  /** Median of the runs' own ratios to the baseline measured beside each of them. */
  ratio?: number
  target?: number
  /** Smallest and largest of what `ratio` is the median of; of `value` where there is no ratio. */
  range?: [number, number]
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const rangeOf = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)]

export function rowOf(name: string, unit: string, values: number[], target?: number): Row {
  return {
    name,
    unit,
    value: median(values),
    range: rangeOf(values),
    ...(target !== undefined && { target }),
  }
}

/** Ours beside theirs, run by run: what slows a machine for a while slows both. */
export function compared(name: string, unit: string, ours: number[], theirs: number[], target?: number): Row {
  const ratios = ours.map((value, run) => value / (theirs[run] ?? Number.NaN))
  return {
    name,
    unit,
    value: median(ours),
    baseline: median(theirs),
    ratio: median(ratios),
    range: rangeOf(ratios),
    ...(target !== undefined && { target }),
  }
}

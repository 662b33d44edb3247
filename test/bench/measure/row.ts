export interface Row {
  name: string
  /** Median of the runs. */
  value: number
  unit: string
  /** Median of the baseline in the same runs. */
  baseline?: number
  /** Median of each run's ratio to its own baseline. */
  ratio?: number
  target?: number
  /** Range of the ratio, or of the value if there is no ratio. */
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

/** Compares pairwise, so that a slow phase of the machine affects both sides. */
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

// Input and result of a benchmark part, a file in this folder that exports `run`.

export interface PartOptions {
  /** Duration of one measurement; each part has a default. */
  seconds?: number
  seed: number
  /** How often compared sides are measured in turn. */
  runs: number
  /** Number of links in the large shop. */
  links: number
  say: (line: string) => void
}

export interface Outcome {
  /** Printed as a table and written to bench.json. */
  table: Record<string, string | number>[]
  figures: Record<string, unknown>
  /** Any problem fails the run. */
  problems: string[]
}

export type Run = (options: PartOptions) => Promise<Outcome>

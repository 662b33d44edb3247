// What a part of the benchmark gets and gives. A part is a file of this folder that exports `run`.

export interface Wish {
  /** Of one measurement; without it each part knows how long it needs. */
  seconds?: number
  seed: number
  /** How often what is compared is measured in turn. */
  runs: number
  /** How many links the large shop has. */
  links: number
  say: (line: string) => void
}

export interface Outcome {
  /** Printed as a table, and written to bench.json with the figures. */
  table: Record<string, string | number>[]
  figures: Record<string, unknown>
  /** Anything in here fails the run. */
  problems: string[]
}

export type Run = (wish: Wish) => Promise<Outcome>

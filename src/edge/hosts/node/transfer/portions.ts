import { maxCharacters, maxRows, type Row } from './side.ts'

/** Groups rows into portions of bounded size in memory. */
export function* portions(rows: Iterable<Row>): Generator<Row[]> {
  let portion: Row[] = []
  let characters = 0
  for (const row of rows) {
    portion.push(row)
    for (const value of row) characters += value?.length ?? 0
    if (portion.length < maxRows && characters < maxCharacters) continue
    yield portion
    portion = []
    characters = 0
  }
  if (portion.length > 0) yield portion
}

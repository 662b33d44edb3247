// From the store's one text to PostgreSQL's.
import type { CompiledQuery } from 'kysely'
import { type CustomTypesConfig, types } from 'pg'

/** More texts than the store has. A list of ids makes one for each of its lengths, so long ones are not kept. */
const mostStatements = 500
const mostParameters = 64

/** The server keeps what has a name prepared, for each connection. */
const seen = new Map<string, { text: string; name: string }>()

/** A name means the same text in every connection. */
export function statementOf({ sql, parameters }: CompiledQuery) {
  const values = parameters.map(storable)
  const known = seen.get(sql)
  if (known) return { ...known, values }
  const text = numbered(sql)
  if (seen.size >= mostStatements || values.length > mostParameters) return { text, values }
  const statement = { text, name: `s${seen.size}` }
  seen.set(sql, statement)
  return { ...statement, values }
}

/** PostgreSQL's text has no NUL: nothing that is kept equals it, and nothing is lost for what it stood in. */
const storable = (value: unknown) =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value

/** `?` becomes `$1`, `$2`, …; what stands in quotes stays. */
export function numbered(sql: string): string {
  let count = 0
  return sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (found) =>
    found === '?' ? `$${++count}` : found,
  )
}

/** The store's numbers: integers come as such or not at all, truth as 1 and 0. */
export const storeTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === types.builtins.INT8) return exact
    if (oid === types.builtins.BOOL) return (text: string) => (text === 't' ? 1 : 0)
    return types.getTypeParser(oid, format)
  }) as CustomTypesConfig['getTypeParser'],
}

function exact(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is more than a number holds exactly`)
  return number
}

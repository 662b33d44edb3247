// Converts the store's SQL, written for SQLite, to PostgreSQL's.
import type { CompiledQuery } from 'kysely'
import { type CustomTypesConfig, types } from 'pg'

/** Above the number of the store's statements. Long lists are not prepared, because each length is another text. */
const maxStatements = 500
const maxParameters = 64

/** Named statements, which the server prepares once per connection; a name means the same text in all of them. */
const named = new Map<string, { text: string; name: string }>()

export function statementOf({ sql, parameters }: CompiledQuery) {
  const values = parameters.map(storable)
  const known = named.get(sql)
  if (known) return { ...known, values }
  const text = numbered(sql)
  if (named.size >= maxStatements || values.length > maxParameters) return { text, values }
  const statement = { text, name: `s${named.size}` }
  named.set(sql, statement)
  return { ...statement, values }
}

/** PostgreSQL's text cannot hold NUL, so it becomes U+FFFD, also in comparisons. */
const storable = (value: unknown) =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value

/** Replaces `?` outside quotes by `$1`, `$2`, … */
export function numbered(sql: string): string {
  let count = 0
  return sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, (found) =>
    found === '?' ? `$${++count}` : found,
  )
}

/** Type parsers: bigint as an exact number (else RangeError), boolean as 1 and 0 as in SQLite. */
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

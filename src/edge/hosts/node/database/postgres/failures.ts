// Classifies PostgreSQL's errors.
import { DatabaseError } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'

const codeOf = (error: unknown) => (error instanceof DatabaseError ? (error.code ?? '') : '')

/** Serialization failure or deadlock: a retry may succeed. */
export const isConflict = (error: unknown) => /^40(001|P01)$/.test(codeOf(error))

/** A migration by a newer Dari invalidated a prepared statement; a new connection works. */
export const isStale = (error: unknown) => codeOf(error) === '0A000'

/** Constraint violation, possibly caused by a concurrent transaction. */
export const violatesConstraint = (error: unknown) => /^23/.test(codeOf(error))

/** Connections (08, 57P), resources (53), timeouts (57014, 25P03, 55P03), a standby (25006), system errors (58). */
const unavailable = /^(08|53|57P0|57014|25P0[234]|25006|55P03|58)/

/** Converts errors of an unavailable server to `DatabaseUnavailable`; returns other errors, such as bugs, as they are. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error
  const isOurs = error instanceof RangeError || error instanceof TypeError
  if (isOurs || (error instanceof DatabaseError && !unavailable.test(codeOf(error)))) return error
  return new DatabaseUnavailable(reasonOf(error), { cause: error })
}

/** A short reason without the password. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const { code, message } = error as NodeJS.ErrnoException
  if (/client password must be/.test(message)) return 'the server asks for a password, and none is set'
  return error instanceof DatabaseError || !code ? (message.split('\n', 1)[0] ?? '') : code
}

const certificates = /CERT|SELF_SIGNED|ISSUER|ALTNAME|UNABLE_TO_|^ERR_(TLS|SSL|OSSL)|^EPROTO/

/** Waiting cannot help, only the operator: credentials, permissions, certificates, a foreign database. */
export function needsOperator(error: unknown): boolean {
  if (error instanceof DatabaseError) return !unavailable.test(codeOf(error)) && !isConflict(error)
  const { code, message } = error as NodeJS.ErrnoException
  return certificates.test(code ?? '') || /does not support SSL|SASL|password must be/i.test(message)
}

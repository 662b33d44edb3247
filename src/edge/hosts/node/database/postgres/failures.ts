// What PostgreSQL's refusals mean here.
import { DatabaseError } from 'pg'
import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'

const codeOf = (error: unknown) => (error instanceof DatabaseError ? (error.code ?? '') : '')

/** Another transaction was in the way: the same again may go through. */
export const isConflict = (error: unknown) => /^40(001|P01)$/.test(codeOf(error))

/** A newer Dari changed a table under what this connection keeps prepared: a fresh connection knows it as it is. */
export const isStale = (error: unknown) => codeOf(error) === '0A000'

/** Refused by a constraint, which may be for what another transaction wrote since this one began. */
export const isRefusal = (error: unknown) => /^23/.test(codeOf(error))

/**
 * The server goes, comes, is full, is no primary, or gave no answer in time: connections (08, 57P), resources (53),
 * time-outs (57014, 25P03, 55P03), a standby (25006).
 */
const away = /^(08|53|57P0|57014|25P0[234]|25006|55P03|58)/

/** As the port has it: a database that is away, or the error itself. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error
  const isOurs = error instanceof RangeError || error instanceof TypeError
  if (isOurs || (error instanceof DatabaseError && !away.test(codeOf(error)))) return error
  return new DatabaseUnavailable(reasonOf(error), { cause: error })
}

/** A few words that hold no password. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  const { code, message } = error as NodeJS.ErrnoException
  if (/client password must be/.test(message)) return 'the server asks for a password, and none is set'
  return error instanceof DatabaseError || !code ? (message.split('\n', 1)[0] ?? '') : code
}

const certificates = /CERT|SELF_SIGNED|ISSUER|ALTNAME|UNABLE_TO_|^ERR_(TLS|SSL|OSSL)|^EPROTO/

/** Only a human can mend it, and waiting would be in vain: credentials, rights, certificates, a database of others. */
export function needsOperator(error: unknown): boolean {
  if (error instanceof DatabaseError) return !away.test(codeOf(error)) && !isConflict(error)
  const { code, message } = error as NodeJS.ErrnoException
  return certificates.test(code ?? '') || /does not support SSL|SASL|password must be/i.test(message)
}

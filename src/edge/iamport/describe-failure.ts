import type { IamportResult } from './result.ts'

/** Log fields of a failed call. Omits i'mport's message, which may hold personal data. */
export function describeFailure(
  answer: Extract<IamportResult<never>, { ok: false }>,
): Record<string, unknown> {
  const { ok: _ok, ...fields } = answer
  if (!('message' in fields)) return fields
  const { message: _message, ...codes } = fields
  return codes
}

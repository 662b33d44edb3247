import type { IamportResult } from './result.ts'

/** What a log may say of a call that failed: codes of ours. i'mport's own sentence may hold a name or a number. */
export function describeFailure(
  answer: Extract<IamportResult<never>, { ok: false }>,
): Record<string, unknown> {
  const { ok: _ok, ...said } = answer
  if (!('message' in said)) return said
  const { message: _message, ...codes } = said
  return codes
}

/** What a call to i'mport came to. */
export type IamportResult<Value> =
  | { ok: true; value: Value }
  /** No answer in time, or none that makes sense: the truth is not known. */
  | { ok: false; reason: 'unreachable'; unreadable?: Unreadable }
  /** i'mport knows no such thing. */
  | { ok: false; reason: 'not_found' }
  /** i'mport said no (to us where `because` says so, and not to what was asked); with HTTP 200 and `code` ≠ 0 too. */
  | { ok: false; reason: 'refused'; message: string; because?: 'credentials' }

/** i'mport answered, but these fields are invalid; the result is just as unknown. */
export type Unreadable = string[]

/** Result of a call to i'mport. */
export type IamportResult<Value> =
  | { ok: true; value: Value }
  /** No valid response in time; whether the call took effect is unknown. */
  | { ok: false; reason: 'unreachable'; unreadable?: Unreadable }
  | { ok: false; reason: 'not_found' }
  /** An error response, also HTTP 200 with `code` ≠ 0. `because: 'credentials'`: key or token refused. */
  | { ok: false; reason: 'refused'; message: string; because?: 'credentials' }

/** Names of the invalid fields of a response. */
export type Unreadable = string[]

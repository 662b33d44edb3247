const dayMs = 86_400_000
const pattern = /^(\d{4})-?(\d{2})-?(\d{2})(?: ?(\d{2}):?(\d{2}):?(\d{2}))?$/

/** Unix milliseconds of a `vbank_due` in Korean time, or null if malformed. A date alone means the end of that day. */
export function parseDepositDeadline(text: string): number | null {
  const [, year, month, date, hour = '23', minute = '59', second = '59'] = pattern.exec(text) ?? []
  if (year === undefined) return null
  const ms = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}+09:00`)
  return Number.isNaN(ms) ? null : ms
}

/** Unix milliseconds of the gateway's deadline for an order without `vbank_due`. */
export function defaultDepositDeadline(provider: string, now: number): number {
  return now + (provider === 'html5_inicis' ? 30 : provider === 'mobilians' ? 5 : 7) * dayMs
}

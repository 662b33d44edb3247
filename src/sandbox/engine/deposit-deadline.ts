const day = 86_400_000
const shape = /^(\d{4})-?(\d{2})-?(\d{2})(?: ?(\d{2}):?(\d{2}):?(\d{2}))?$/

/** Unix milliseconds of a `vbank_due`, which is Korean time; a bare date means the end of that day. */
export function readDue(due: string): number | null {
  const [, year, month, date, hour = '23', minute = '59', second = '59'] = shape.exec(due) ?? []
  if (year === undefined) return null
  const ms = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}+09:00`)
  return Number.isNaN(ms) ? null : ms
}

/** What gateways allow when nobody says. */
export function ordinaryDue(provider: string, now: number): number {
  return now + (provider === 'html5_inicis' ? 30 : provider === 'mobilians' ? 5 : 7) * day
}

// Pure: limits the deliveries in flight. A hanging receiver holds its slot for the whole timeout, so no receiver or
// merchant may take all slots.

export interface SlotLimits {
  total: number
  perReceiver: number
  /** Notices of one merchant, because one access token can create links with many `notice_url`s. */
  perMerchant: number
  /** Receivers not known to answer promptly; the other slots are reserved for those that are. */
  unproven: number
  /** Unproven receivers of one merchant's notices. */
  unprovenPerMerchant: number
}

/** Per process. */
export const processSlots: SlotLimits = {
  total: 32,
  perReceiver: 4,
  perMerchant: 24,
  unproven: 16,
  unprovenPerMerchant: 8,
}

/** Per request, if the host isolates requests: Cloudflare allows six connections each. */
export const requestSlots: SlotLimits = {
  total: 6,
  perReceiver: 4,
  perMerchant: 5,
  unproven: 4,
  unprovenPerMerchant: 3,
}

export interface Delivery {
  receiver: string
  user_code: string
  /** Null: the merchant's `events_url`, which only the operator sets. */
  url: string | null
}

/** Current exclusions. */
export interface TakenSlots {
  free: number
  /** Receivers at their limit. */
  receivers: string[]
  /** Merchants whose notices are at their limit. */
  merchants: string[]
  /** Merchants whose notices to unproven receivers are at their limit; `all`: no unproven receiver at all. */
  unproven: string[] | 'all'
}

/** @param proven receivers that answered promptly last time */
export function takenSlots(
  inFlight: Iterable<Delivery>,
  proven: ReadonlySet<string>,
  limits: SlotLimits,
): TakenSlots {
  const all = [...inFlight]
  const notices = all.filter(({ url }) => url !== null)
  const isUnproven = ({ receiver }: Delivery) => !proven.has(receiver)
  const byMerchant = ({ user_code }: Delivery) => user_code
  const atLimit = (deliveries: Delivery[], of: (delivery: Delivery) => string, max: number) => {
    const counts = new Map<string, number>()
    for (const delivery of deliveries) counts.set(of(delivery), (counts.get(of(delivery)) ?? 0) + 1)
    return [...counts].filter(([, count]) => count >= max).map(([name]) => name)
  }
  return {
    free: limits.total - all.length,
    receivers: atLimit(all, ({ receiver }) => receiver, limits.perReceiver),
    merchants: atLimit(notices, byMerchant, limits.perMerchant),
    unproven:
      all.filter(isUnproven).length >= limits.unproven
        ? 'all'
        : atLimit(notices.filter(isUnproven), byMerchant, limits.unprovenPerMerchant),
  }
}

export function hasSlot(
  { free, receivers, merchants, unproven }: TakenSlots,
  { receiver, user_code, url }: Delivery,
  proven: ReadonlySet<string>,
): boolean {
  if (free <= 0 || receivers.includes(receiver)) return false
  if (url !== null && merchants.includes(user_code)) return false
  if (proven.has(receiver)) return true
  return unproven !== 'all' && (url === null || !unproven.includes(user_code))
}

/** As many of the due deliveries, in order, as there are free slots for. */
export function chooseDeliveries<Due extends Delivery>(
  due: readonly Due[],
  inFlight: Iterable<Delivery>,
  proven: ReadonlySet<string>,
  limits: SlotLimits,
): Due[] {
  const before = [...inFlight]
  const chosen: Due[] = []
  for (const delivery of due)
    if (hasSlot(takenSlots([...before, ...chosen], proven, limits), delivery, proven)) chosen.push(delivery)
  return chosen
}

// Pure: whose deliveries may be in flight at the same time. A receiver that hangs keeps its slot for the whole
// time-out, so nobody may take them all.

export interface SlotLimits {
  total: number
  perReceiver: number
  /** Notices of one merchant: links name their addresses, so one access token can name many. */
  perMerchant: number
  /** Receivers that are not known to answer promptly; the other slots are kept for those that are. */
  unproven: number
  /** Of these, those that one merchant's notices take. */
  unprovenPerMerchant: number
}

/** Of a process. */
export const processSlots: SlotLimits = {
  total: 32,
  perReceiver: 4,
  perMerchant: 24,
  unproven: 16,
  unprovenPerMerchant: 8,
}

/** Of a request that stands apart: Cloudflare opens six connections at a time for one. */
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
  /** Null: it goes to the merchant's own address, which only the operator names. */
  url: string | null
}

/** Who gets no slot now. */
export interface TakenSlots {
  free: number
  /** Nothing to these. */
  receivers: string[]
  /** No notices of these merchants. */
  merchants: string[]
  /** No notices of these merchants to unproven receivers; `all`: nothing to any unproven receiver. */
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
  const atLimit = (deliveries: Delivery[], of: (delivery: Delivery) => string, most: number) => {
    const counts = new Map<string, number>()
    for (const delivery of deliveries) counts.set(of(delivery), (counts.get(of(delivery)) ?? 0) + 1)
    return [...counts].filter(([, count]) => count >= most).map(([name]) => name)
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

/** As many of those that are due, in their order, as there are slots for. */
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

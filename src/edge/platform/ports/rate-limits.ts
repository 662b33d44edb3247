// Rate limits. Not configurable: they are far above what a customer or a shop needs. Above them: 429. Applied in app.ts
// by http/middleware/rate-limit.ts, except `token_*` and `card*` (http/middleware/wrong-credentials.ts, routes/page/
// register-card.ts) and `confirm` (routes/iamport/confirm.ts).

export interface RateLimit {
  /** Requests per window. */
  max: number
  /** Length of the window, which starts with the first request. */
  seconds: number
}

const minute = 60
const hour = 60 * minute

export const rateLimits = {
  /** Per address. Ids have 90 random bits; this only spares the database the guesses. */
  unknown_id: { max: 30, seconds: minute },
  /** Per link and address. Each registers an amount at i'mport; trying every method takes about ten. */
  checkout: { max: 30, seconds: hour },
  /** Per link and address. The page reports each window it opens. */
  opened: { max: 60, seconds: minute },
  /** Per link and address. The page reports at most one failure per click. */
  window_failed: { max: 20, seconds: minute },
  /** Per link. Each calls i'mport; a waiting page polls nine times in its first minute. */
  settle: { max: 60, seconds: minute },
  /** Answers no 429. Per link that is paid, refunded or paid elsewhere: opening its page calls i'mport once in this time. */
  done_link: { max: 1, seconds: 3 * minute },
  /** Per link and address, so that strangers cannot exhaust i'mport's share. i'mport sends a handful per payment. */
  notice: { max: 60, seconds: minute },
  /** Per address. i'mport sends from three addresses; 20 a second from each exceeds what one process serves. */
  notice_address: { max: 1_200, seconds: minute },
  /** Refused confirm requests per link and address; i'mport sends one per approval. */
  confirm: { max: 20, seconds: minute },
  /** Wrong credentials per address. Correct ones still pass, so a merchant cannot be locked out. */
  token_address: { max: 10, seconds: 15 * minute },
  /** The same per IPv6 /48, which one server's owner often controls. */
  token_site: { max: 100, seconds: 15 * minute },
  /** Wrong credentials per key, from all addresses. */
  token_key: { max: 10, seconds: 15 * minute },
  /** Refused or invalid cards per address, against card testing. */
  card: { max: 20, seconds: hour },
  /** The same per IPv6 /48. Higher, because a mobile carrier's customers share one. */
  card_site: { max: 200, seconds: hour },
  /** Per address. Browsers send one report per kind of violation and page load. */
  csp_report: { max: 30, seconds: minute },
  /** Answers no 429. Log lines per cause that strangers can trigger; metrics count every one. */
  warning: { max: 5, seconds: minute },
} as const satisfies Record<string, RateLimit>

export type RateLimitName = keyof typeof rateLimits

/** Card submissions per link (features/cards/send-card.ts). Counted in the database for all processes, because each reaches a card company. */
export const cardAttempts = { max: 5, withinMs: hour * 1000 }

/** Open event streams (`GET /links/{id}/live`). Above the limit, pages poll instead. */
export const streams = {
  /** Per process; each takes a socket and a few kilobytes. */
  max: 2_000,
  /** One customer has two or three devices. */
  maxPerLink: 20,
  /** Many customers may share a mobile carrier's address. */
  maxPerAddress: 100,
}

// How much one visitor may ask for. No settings: the numbers are far above what a person or a shop does.

export interface RateLimit {
  /** This many within `seconds`, counted from the first. */
  most: number
  seconds: number
}

const minute = 60
const hour = 60 * minute

export const rateLimits = {
  /** Per address. An id has 90 random bits and cannot be guessed; this spares the database those who try. */
  unknown_id: { most: 30, seconds: minute },
  /** Per link and address. Each one registers an amount at i'mport; a person who tries every method needs ten. */
  checkout: { most: 30, seconds: hour },
  /** Per link and address. A page says once for each window that it opens it. */
  opened: { most: 60, seconds: minute },
  /** Per link and address. A page reports each press of its button at most once. */
  window_failed: { most: 20, seconds: minute },
  /** Per link. Each one asks i'mport; a page that waits asks nine times in its first minute. */
  settle: { most: 60, seconds: minute },
  /** Per link that is paid, refunded or paid elsewhere: its page asks when it is opened, upstream is asked once. */
  done_link: { most: 1, seconds: 3 * minute },
  /** Per link and address, so that nobody uses up i'mport's own. i'mport sends a handful for a payment. */
  notice: { most: 60, seconds: minute },
  /** Per address. i'mport sends from three: twenty a second from each is a shop beyond one process. */
  notice_address: { most: 1_200, seconds: minute },
  /** Questions before an approval that are refused, per link and address; i'mport asks once for each approval. */
  confirm: { most: 20, seconds: minute },
  /** Wrong credentials per address, then only right ones are answered: nobody can lock a merchant out. */
  token_address: { most: 10, seconds: 15 * minute },
  /** The same per /48 of IPv6: 65,536 addresses, which a server's owner may have for nothing. */
  token_site: { most: 100, seconds: 15 * minute },
  /** Wrong credentials per key, from anywhere. */
  token_key: { most: 10, seconds: 15 * minute },
  /** Cards that are refused, or cannot be any, per address: who tests stolen ones tries many. */
  card: { most: 20, seconds: hour },
  /** The same per /48 of IPv6. Some are a mobile carrier's, whose customers have a /64 each. */
  card_site: { most: 200, seconds: hour },
  /** Per address. A browser sends a report for every kind of violation, and again on every load. */
  csp_report: { most: 30, seconds: minute },
  /** Lines of the log about one thing that anybody can cause; metrics count all of it. */
  warning: { most: 5, seconds: minute },
} as const satisfies Record<string, RateLimit>

export type RateLimitName = keyof typeof rateLimits

/**
 * Calls with a card, of one link and over all processes: whoever mistypes twice has three more. Counted in
 * the database, because each of them asks a card company.
 */
export const cardAttempts = { most: 5, withinMs: hour * 1000 }

/** Open streams (`GET /links/{id}/live`). Who finds no place polls instead. */
export const streams = {
  /** One socket each, and a few kilobytes. */
  most: 2_000,
  /** A link has one customer, with two or three devices. */
  mostPerLink: 20,
  /** Many customers may share a mobile carrier's address. */
  mostPerAddress: 100,
}

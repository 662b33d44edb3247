/**
 * Messages per recipient within `ms`, for all merchants together; an order needs up to three. Messages above the limit
 * wait while their link is open, a day at most.
 */
export const messageLimits = [
  { max: 10, ms: 60 * 60 * 1000 },
  { max: 30, ms: 24 * 60 * 60 * 1000 },
]

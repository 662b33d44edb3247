/**
 * How many messages one address is sent, whoever asks for them. No settings: a person who orders at one shop gets
 * three for each order. What is above waits for room, as long as its link is open, a day at most.
 */
export const messageLimits = [
  { most: 10, ms: 60 * 60 * 1000 },
  { most: 30, ms: 24 * 60 * 60 * 1000 },
]

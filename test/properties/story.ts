// Everything that can happen around a few orders, as data that fast-check can draw and shrink.
import fc from 'fast-check'
import { weathers } from './iamport-model.ts'

/** Two orders of one store, and an order of another store that happens to have the first one's number. */
export const orders = [
  { user_code: 'imp11111111', store: 'key', merchant_uid: 'order-1', notice_url: 'https://shop.test/notice' },
  { user_code: 'imp11111111', store: 'key', merchant_uid: 'order-2', notice_url: '' },
  { user_code: 'imp33333333', store: 'key3', merchant_uid: 'order-1', notice_url: 'https://other.test/' },
] as const

const which = fc.nat({ max: 7 })
const order = fc.constantFrom(0, 0, 0, 0, 1, 2)

const door = fc.record({
  by: fc.constantFrom('callback', 'return', 'notice', 'form', 'reconcile'),
  link: fc.constantFrom(0, 0, 0, 1, 1, 2, 3),
  /** 99: an id that nobody gave. */
  payment: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 99),
})

const knock = fc.record({
  do: fc.constant('knock' as const),
  doors: fc.array(door, { minLength: 1, maxLength: 3 }),
  weather: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom('fine' as const, ...weathers), { maxLength: 6 }) },
  ),
  behind: fc.constantFrom(0, 0, 0, 0, 1, 2),
  /** The process dies at its n-th write: before it, or after it and before anybody hears of it. */
  crash: fc.option(
    fc.record({ write: fc.constantFrom(0, 0, 1, 2), side: fc.constantFrom('before', 'after') }),
    { freq: 4 },
  ),
  /** After how many turns each read answers: racing doors decide on what is no longer so. */
  turns: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 5 }),
})

const upstream = fc.record({
  do: fc.constant('upstream' as const),
  act: fc.constantFrom('approve', 'approve', 'approve', 'fail', 'approveAfterAll', 'refundHalf', 'refundAll'),
  payment: which,
})

const open = fc.record({
  do: fc.constant('open' as const),
  order,
  pay_method: fc.constantFrom('card', 'card', 'vbank'),
  amount: fc.constantFrom(10_000, 10_000, 10_000, 10_000, 12_000, 1),
  currency: fc.constantFrom('KRW', 'KRW', 'KRW', 'KRW', 'KRW', 'KRW', 'USD'),
  sandbox: fc.constantFrom(false, false, false, false, false, true),
  /** Straight on to the money, where one is drawn that far. */
  steps: fc.constantFrom(1, 1, 1, 0, 2),
})

const merchant = fc.oneof(
  fc.record({
    do: fc.constant('post' as const),
    order,
    wish: fc.constantFrom('same', 'dearer', 'later', 'later'),
  }),
  fc.record({ do: fc.constant('disable' as const), link: which }),
)

const rest = fc.oneof(
  fc.record({ do: fc.constant('checkout' as const), link: which, method: fc.constantFrom('m1', 'm3') }),
  fc.record({ do: fc.constant('wait' as const), until: fc.constantFrom('soon', 'expiry', 'due', 'grace') }),
)

const scene = fc.oneof(
  { weight: 5, arbitrary: knock },
  { weight: 3, arbitrary: open },
  { weight: 3, arbitrary: upstream },
  { weight: 2, arbitrary: merchant },
  { weight: 1, arbitrary: rest },
)

export const story = fc.record({
  latePayment: fc.constantFrom('keep' as const, 'refund' as const),
  scenes: fc.array(scene, { minLength: 4, maxLength: 12, size: 'max' }),
})

export type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never
export type Scene = Story['scenes'][number]
export type Door = typeof door extends fc.Arbitrary<infer Value> ? Value : never

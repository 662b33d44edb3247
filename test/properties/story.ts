// Everything that can happen around a few orders, as data that fast-check can generate and shrink.
import fc from 'fast-check'
import { faultKinds } from './iamport-model.ts'

const order = fc.constantFrom(0, 0, 0, 0, 1, 1, 2)
const link = fc.constantFrom(0, 0, 0, -1, -1, 1, 2)
/** -1: the latest. */
const payment = fc.constantFrom(0, 0, 1, 2, -1, -1, -2)
const visitor = fc.constantFrom('tab0', 'tab0', 'tab1')
const method = fc.constantFrom('m1', 'm1', 'm1', 'm3')
/**
 * Immediate result of a window: paid or an account issued, deposited, declined, undecided, or an unknown
 * status.
 */
const outcome = fc.constantFrom(
  'approved',
  'approved',
  'approved',
  'open',
  'open',
  'open',
  'open',
  'deposited',
  'declined',
  'unknown',
)
const sandbox = fc.constantFrom(false, false, false, false, false, true)
const amount = fc.constantFrom(10_000, 10_000, 9_500, 12_000, 8_000, 1)

const faults = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom('fine' as const, ...faultKinds), { maxLength: 6 }) },
)
/** The process dies at its n-th write, either before it or after it and before the response. */
const crash = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.record({ write: fc.constantFrom(0, 0, 1, 2), side: fc.constantFrom('before', 'after') }),
  },
)

const request = fc.record({
  by: fc.constantFrom('callback', 'callback', 'return', 'notice', 'form', 'page', 'page', 'view'),
  link,
  /** 99: an unknown ID. */
  payment: fc.oneof({ weight: 9, arbitrary: payment }, { weight: 1, arbitrary: fc.constant(99) }),
  visitor,
})

const requests = fc.record({
  do: fc.constant('requests' as const),
  requests: fc.array(request, { minLength: 1, maxLength: 3 }),
  faults,
  staleBy: fc.constantFrom(0, 0, 0, 0, 1, 2),
  crash,
  /** Microtask turns that each read waits, so that racing requests decide on stale rows. */
  turns: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 5 }),
})

/** The page requests a permission, as it does at the first input event. */
const checkout = fc.record({ do: fc.constant('checkout' as const), link, method, visitor })

/** A customer opens a permitted window; without a permission the page requests one first. */
const open = fc.record({
  do: fc.constant('open' as const),
  link,
  method,
  visitor,
  outcome,
  sandbox,
  /** What the customer changes in the window's parameters. */
  tamper: fc.constantFrom(
    'none',
    'none',
    'none',
    'none',
    'none',
    'none',
    'amount',
    'amount',
    'custom_data',
    'order',
  ),
  amount,
})

/** The parameters of any window, used again from the browser's console. */
const replay = fc.record({ do: fc.constant('replay' as const), window: fc.nat({ max: 5 }), outcome, amount })

/** The shop's own checkout, its console or a recurring charge. */
const outside = fc.record({
  do: fc.constant('outside' as const),
  order,
  amount,
  currency: fc.constantFrom('KRW', 'KRW', 'KRW', 'KRW', 'KRW', 'USD'),
  channel: fc.constantFrom('pc', 'mobile', 'mobile', 'api'),
  name: fc.constantFrom('own', 'same', 'same', 'none'),
  custom_data: fc.constantFrom('none', 'none', 'same', 'own', 'forged mark', 'copied mark'),
  pay_method: fc.constantFrom('card', 'card', 'card', 'vbank'),
  minutesAgo: fc.constantFrom(0, 0, 0, 3, 1440),
  outcome,
})

/** More failed attempts than i'mport lists at once. */
const failures = fc.record({
  do: fc.constant('failures' as const),
  order,
  /** A window was opened before them and is still open. */
  whileOpen: fc.constantFrom(true, true, false),
  size: fc.oneof({ weight: 12, arbitrary: fc.constant(21) }, { weight: 1, arbitrary: fc.constant(1_003) }),
})

const upstream = fc.record({
  do: fc.constant('upstream' as const),
  act: fc.constantFrom(
    'approve',
    'approve',
    'approve',
    'decline',
    'leave',
    'makePending',
    'approveAfterFailure',
    'closeAccount',
    'refundHalf',
    'refundAll',
  ),
  /** Index among the attempts for which it is possible. */
  payment,
})

/**
 * A merchant changes the order while a customer has its page open; the customer opens a window some minutes
 * later.
 */
const replace = fc.record({
  do: fc.constant('replace' as const),
  change: fc.constantFrom('higher price', 'lower price', 'later expiry'),
  minutes: fc.constantFrom(0, 1, 3, 8),
  visitor,
  outcome,
})

const merchant = fc.oneof(
  fc.record({
    do: fc.constant('post' as const),
    order,
    change: fc.constantFrom('same', 'higher price', 'lower price', 'later expiry', 'later expiry'),
  }),
  fc.record({ do: fc.constant('disable' as const), link }),
)

/** Time passes, and the timers run. */
const wait = fc.record({
  do: fc.constant('wait' as const),
  until: fc.constantFrom(
    'a minute',
    'a minute',
    'the permission is nearly over',
    'the permission is over',
    'no window can be open',
    'the expiry',
    'the deposit is due',
    'the deposit is too late',
    'a day',
  ),
  faults,
  crash,
})

const scene = fc.oneof(
  { weight: 40, arbitrary: requests },
  { weight: 36, arbitrary: open },
  { weight: 6, arbitrary: checkout },
  { weight: 4, arbitrary: replay },
  { weight: 6, arbitrary: replace },
  { weight: 16, arbitrary: outside },
  { weight: 36, arbitrary: upstream },
  { weight: 16, arbitrary: merchant },
  { weight: 24, arbitrary: wait },
  { weight: 1, arbitrary: failures },
)

export const story = fc.record({
  latePayment: fc.constantFrom('keep' as const, 'refund' as const),
  /** How far i'mport's clock is ahead, in seconds. */
  skew: fc.constantFrom(0, 0, 0, -119, -61, 45, 119),
  scenes: fc.array(scene, { minLength: 4, maxLength: 11, size: 'max' }),
  /** How long only the timers act before the final requests, and what i'mport approves meanwhile. */
  ending: fc.constantFrom(
    'at once',
    'at once',
    'at once',
    'two hours',
    'two days',
    'nine days',
    'approvals in the last minutes',
    'approvals after all windows',
  ),
})

export type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never
export type Scene = Story['scenes'][number]
export type SceneOf<Do extends Scene['do']> = Extract<Scene, { do: Do }>
export type RequestScene = SceneOf<'requests'>['requests'][number]

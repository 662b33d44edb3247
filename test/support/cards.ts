// Links that register a card, and the cards that the sandbox knows.

export const cards = {
  sound: '4242424242424242',
  refused: '4000000000000002',
  empty: '4000000000009995',
} as const

let names = 0

/** A registration through the window of a gateway that only registers. */
export function aRegistration(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  names += 1
  return {
    customer_uid: `customer-${process.pid}-${Date.now()}-${names}`,
    amount: 0,
    name: '매월 드립백 커피',
    pay_methods: [{ pg: 'html5_inicis', pay_method: 'card', label: { ko: '신용·체크카드', en: 'Card' } }],
    ...overrides,
  }
}

/** A registration with a card typed into the page. */
export const aCardForm = (overrides: Record<string, unknown> = {}): Record<string, unknown> =>
  aRegistration({
    card_form: true,
    pay_methods: [{ channelKey: 'channel-key-nice_v2', pg: 'nice_v2', pay_method: 'card', label: '카드' }],
    ...overrides,
  })

/** The request body that the page sends. */
export const aTypedCard = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  number: cards.sound,
  expiry: '2031-12',
  birth: '900101',
  password: '12',
  terms: true,
  privacy: true,
  ...overrides,
})

/**
 * Two orders of one store, and an order of another store with the same number as the first. The second
 * order's `custom_data` is a list, which has no room for a mark.
 */
export const orders = [
  {
    user_code: 'imp11111111',
    store: 'key',
    merchant_uid: 'order-1',
    notice_url: 'https://shop.test/notice',
    custom_data: { cart: 7 },
  },
  { user_code: 'imp11111111', store: 'key', merchant_uid: 'order-2', notice_url: '', custom_data: [7] },
  {
    user_code: 'imp33333333',
    store: 'key3',
    merchant_uid: 'order-1',
    notice_url: 'https://other.test/',
    custom_data: undefined,
  },
] as const

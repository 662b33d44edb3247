import type { extrasKo } from './extras-ko.ts'

export const extrasEn = {
  'extras.back': 'Back to {{host}}',

  'sum.heading': 'Breakdown',
  'sum.items': 'Items',
  'sum.shipping': 'Shipping',
  'sum.discount': 'Discount',
  'sum.promo': 'Discount ({{code}})',
  'sum.total': 'Total',

  'details.more': 'Order details',
  'details.customer': 'Customer',
  'details.billing': 'Billing',
  'details.shipping': 'Shipping',
  'details.both': 'Billing and shipping',
  'details.notes': 'Notes',

  'party.name': 'Name',
  'party.email': 'E-mail',
  'party.phone': 'Phone',
  'party.address': 'Address',

  'onward.soon': 'Going on to {{host}} in {{seconds}} seconds.',
  'onward.stay': 'Stay here',
  'onward.go': 'Continue to {{host}}',

  'embed.leave': 'Go to the payment page',
  'embed.why': 'On a phone you pay on the payment page.',
} satisfies Record<keyof typeof extrasKo, string>

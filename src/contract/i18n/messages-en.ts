import type { MessageWords } from './messages-ko.ts'

export const messagesEn: MessageWords = {
  'link.subject': '[{{merchant}}] Payment request of {{amount}}: {{order}}',
  'link.heading': 'A payment request for you',
  'link.intro': '{{merchant}} has sent you this payment request. Please check it and pay.',
  'link.short': '[{{merchant}}] {{order}} Pay {{amount}} by {{date}} {{url}}',
  'link.title': '[{{merchant}}] Payment request',

  'reminder.subject': '[{{merchant}}] Payment is due soon: {{order}}',
  'reminder.heading': 'Payment is due soon',
  'reminder.intro':
    'Your order at {{merchant}} is still waiting to be paid. After the due time this address no longer takes payments.',
  'reminder.short': '[{{merchant}}] {{order}} {{amount}} is due {{date}} {{url}}',
  'reminder.title': '[{{merchant}}] Payment due soon',

  'receipt.subject': '[{{merchant}}] $t(claim.paid): {{order}}',
  'receipt.heading': '$t(claim.paid)',
  'receipt.intro': 'This is what you paid to {{merchant}}.',
  'receipt.short': '[{{merchant}}] {{order}} {{amount}} $t(claim.paid) {{url}}',
  'receipt.title': '[{{merchant}}] Your payment',

  'message.expiry': 'Pay by',
  'message.pay': 'Check and pay',
  'message.show': 'Show payment',
  'message.address': 'If the button does not open, paste this address into your browser.',
  'message.why': 'Sent to you for this order only. If you did not order anything, you can delete it.',

  'shelf.heading': 'Messages that would have been sent',
  'shelf.note':
    'The sandbox sends nothing to the outside. What customers would have been sent is kept here until the server stops.',
  'shelf.none': 'No messages yet. Create a payment link that notifies its customer, and they appear here.',
  'shelf.to': 'To',
  'shelf.at': 'Sent at',
  'shelf.email': 'E-mail',
  'shelf.short': 'Short text message, {{bytes}} bytes',
  'shelf.long': 'Long text message, {{bytes}} bytes',
  'shelf.drawn': 'As e-mail programs draw it',
  'shelf.plain': 'As plain text',
  'shelf.switch': '한국어',
}

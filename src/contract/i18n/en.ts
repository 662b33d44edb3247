import { enCard } from './en-card.ts'
import type { Words } from './words.ts'

export const en = {
  ...enCard,

  'claim.notCharged': 'You have not been charged.',
  'claim.notChargedYet': 'You have not been charged.',
  'claim.notChargedSoFar': 'You have not been charged so far.',
  'claim.mayFollow': 'A payment in progress may still go through. If it does, this page will tell you.',
  'claim.linkNotCharged': 'Nothing was charged through this link.',
  'claim.linkNotChargedSoFar':
    'Nothing was charged through this link so far, but a payment in progress may still go through.',
  'claim.paidElsewhere': 'A payment for it was made elsewhere, for example in the seller’s shop.',
  'claim.maybeCharged': 'You may have been charged, so please do not pay again.',
  'claim.paid': 'Payment complete',
  'claim.returning': 'Your payment of {{amount}} is on its way back.',
  'claim.secondCancelled': 'We cancelled your later payment of {{amount}}.',
  'claim.returnAsked':
    'We asked for your payment of {{amount}} to be cancelled, but it is not confirmed yet.',

  'app.loading': 'Loading the payment.',
  'app.noScript': 'Turn on JavaScript to pay.',
  'app.switch': '한국어',
  'app.contact': 'Questions? {{merchant}} {{contact}}',
  'app.preview': 'A payment request. Open it to see the amount and the ways to pay.',

  'bill.order': 'Order',
  'bill.orderNumber': 'Order number',
  'bill.amount': 'Amount',
  'bill.taxFree': 'Includes {{amount}} tax-free',
  'bill.payBy': 'Pay by {{date}}',
  'bill.minutesLeft': '{{minutes}} min left',
  'bill.lastMinute': 'Less than 1 min left',

  'open.methods': 'Payment method',
  'open.pay': 'Pay {{amount}}',
  'open.preparing': 'Getting the payment window ready',
  'open.sdkBlocked':
    'The payment window could not load. An ad blocker or a company network may be blocking it.',
  'open.grantFailed': 'The payment could not be prepared. Try again in a moment.',
  'open.grantRefused': 'This payment cannot be started. Please tell the seller.',
  'open.pressAgain': 'Ready. Press once more.',
  'open.popupBlocked':
    'Your browser blocked the payment window. Allow pop-ups for this page at the address bar, then press again.',
  'open.retry': 'Try again',
  'open.secure': 'You pay in the payment provider’s own window.',
  'open.scan': 'Continue on your phone',
  'open.inApp': 'If the payment app does not open, open this page in your browser.',
  'open.busy': 'A payment is in progress on another screen.',
  'open.openBrowser': 'Open in browser',
  'open.copyAddress': 'Copy address',
  'open.tooMany': 'Too many requests. Try again in {{seconds}} seconds.',

  'paying.heading': 'Finish paying in the payment window',
  'paying.text': 'Keep this page open.',
  'paying.stuck': 'No payment window?',
  'paying.back': 'Choose a method again',

  'failed.notOpenedHeading': 'The payment window could not open',
  'failed.heading': 'Your payment could not go ahead',
  'failed.text':
    'There is a problem with the seller’s payment settings or the payment provider. If it happens again, please tell the seller.',
  'failed.said': 'From the payment provider: {{reason}}',

  'confirming.heading': 'Checking your payment',
  'confirming.text': 'One moment, please.',

  'paid.heading': '$t(claim.paid)',
  'paid.text': 'You can close this page.',
  'paid.method': 'Method',
  'paid.at': 'Paid at',
  'paid.returned': 'Given back',
  'paid.receipt': 'View receipt',

  'deposit.heading': 'Transfer to this account',
  'deposit.text': 'This page updates as soon as your transfer arrives.',
  'deposit.bank': 'Bank',
  'deposit.account': 'Account number',
  'deposit.holder': 'Account holder',
  'deposit.amount': 'Amount',
  'deposit.due': 'Transfer by',
  'deposit.copy': 'Copy',
  'deposit.copyLabel': 'Copy the account number',
  'deposit.copied': 'Copied',

  'refunded.heading': 'Payment cancelled',
  'refunded.text': '$t(claim.returning) Your card company or bank may take a few days.',
  'refunded.at': 'Cancelled at',

  'disabled.heading': 'The seller has closed this payment link',
  'disabled.text': '$t(claim.notCharged)',
  'disabled.at': 'Closed at',

  'soFar.text': '$t(claim.notChargedSoFar) $t(claim.mayFollow)',

  'expired.heading': 'This payment link has expired',
  'expired.text': 'It ended on {{date}}. $t(claim.notCharged) Ask the seller for a new link.',
  'expired.soFar': 'It ended on {{date}}. $t(soFar.text)',

  'declined.heading': 'Your payment was not approved',
  'declined.text': '$t(claim.notCharged) Try another method.',
  'declined.again': 'Choose a method again',

  'cancelled.heading': 'You did not finish paying',
  'cancelled.soFarHeading': 'Your payment is not complete yet',
  'cancelled.text': '$t(claim.notCharged)',
  'cancelled.again': 'Pay again',

  'unknown.heading': 'We do not know the result yet',
  'unknown.text': '$t(claim.maybeCharged) This page will tell you as soon as we know.',
  'unknown.check': 'Check now',

  'rejected.amountHeading': 'The amount did not match the order, so we cancelled the payment',
  'rejected.askedHeading': 'This payment does not match the order',
  'rejected.secondHeading': 'This order was already paid',
  'rejected.amountText': '$t(claim.returning) Your card company or bank may take a few days.',
  'rejected.secondText': '$t(claim.secondCancelled)',
  'rejected.askedText': '$t(claim.returnAsked) Please contact the seller.',
  'rejected.show': 'See the payment',

  'elsewhere.heading': 'This order seems to be paid already',
  'elsewhere.ask': 'Please do not pay again, and ask the seller.',
  'elsewhere.check': 'Check again',
  'elsewhere.checking': 'Checking',

  'notFound.heading': 'We cannot find this payment link',
  'notFound.text': 'Check that the address is complete.',

  'unreachable.heading': 'We cannot connect',
  'unreachable.text': 'Check your internet connection.',
  'unreachable.ifPaid': 'If you have already paid, please do not pay again.',
} as const satisfies Words

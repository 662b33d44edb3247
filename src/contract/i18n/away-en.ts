import type { AwayWords } from './away-ko.ts'

export const awayEn: AwayWords = {
  'away.heading': 'This page will open again shortly',
  'away.text': 'We cannot load the order right now. If you have already paid, please do not pay again.',
  'away.returning': 'We do not know the result yet',
  'away.returningText': '$t(claim.maybeCharged) This page will tell you in a moment.',
  'away.again': 'Try again now',
}

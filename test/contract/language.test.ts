import { expect, test } from 'vitest'
import { chooseLanguage } from '../../src/contract/language.ts'
import { parseLinkView } from '../../src/contract/links/link-view.ts'

test.each([
  [{}, 'ko'],
  [{ accepted: 'en-US,en;q=0.9,ko;q=0.8' }, 'en'],
  [{ accepted: 'fr-FR, ko' }, 'ko'],
  [{ accepted: 'ja' }, 'ko'],
  [{ accepted: 'en;q=0.1, ko;q=0.9' }, 'ko'],
  [{ accepted: 'ko;q=0, en;q=0.5' }, 'en'],
  [{ display: 'en' as const, accepted: 'ko' }, 'en'],
  [{ chosen: 'ko', display: 'en' as const }, 'ko'],
  [{ chosen: 'xx', accepted: 'en' }, 'en'],
])('the preferences %j choose %s', (preferences, language) => {
  expect(chooseLanguage(preferences)).toBe(language)
})

const view = { id: 'x', status: 'paid', amount: 1, currency: 'KRW', now: '', receipt: {} }

test('parseLinkView returns undefined for an unknown view instead of assuming success', () => {
  expect(parseLinkView(view)).toBe(view)
  for (const wrong of [
    null,
    'paid',
    [],
    { ...view, status: 'done' },
    { ...view, amount: 1.5 },
    { ...view, receipt: undefined },
  ])
    expect(parseLinkView(wrong)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { labelOf } from '../../../src/edge/domain/gateways/method-labels.ts'

test.each([
  ['card', undefined, '신용카드'],
  ['card', 'kakaopay', '카카오페이'],
  ['card', 'kakaopay_v2', '카카오페이'],
  ['card', 'smilepay', '스마일페이'],
  ['vbank', 'kakaopay', '가상계좌'],
  ['new_method', undefined, '결제'],
])('the default label of %s at gateway %s is %s', (payMethod, provider, ko) => {
  expect(labelOf(payMethod, provider)).toMatchObject({ ko })
})

test.each(['constructor', 'toString', '__proto__'])(
  '%s as a method or a gateway gets a common label',
  (name) => {
    expect(labelOf(name, undefined)).toEqual({ ko: '결제', en: 'Pay' })
    expect(labelOf('card', name)).toEqual({ ko: '신용카드', en: 'Credit card' })
  },
)

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkFields } from '../../../src/edge/routes/link-request/link-fields.ts'
import { anOrder, openShop } from '../support/shop.ts'

const path = '/api/supplements/v1/link/payment'
const strict = { prefer: 'handling=strict' }

interface Warning {
  path: string
  message: string
}

/** Posts orders of one merchant and returns the warnings of the answer. */
async function openMerchant() {
  const shop = openShop()
  const authorization = await shop.signIn()
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const { status, json, text } = await shop.send('POST', path, body, { authorization, ...headers })
    return { status, json, text, warnings: (json.warnings ?? []) as Warning[] }
  }
  return { ...shop, post }
}

const pathsOf = (list: Warning[]) => list.map((warning) => warning.path)

describe('creating a link warns', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['of an unknown field', { colour: 'red' }, ['colour']],
    ['of an unknown field that is empty', { vat: null }, ['vat']],
    ['of a misspelled field name', { noticeUrl: 'https://shop.example/' }, ['noticeUrl']],
    [
      'of unknown fields of a method and of its label',
      {
        pay_methods: [
          { pg: 'kcp', label: { ko: '가', en: 'a', fr: 'b' } },
          { pg: 'kcp', icon: 1 },
        ],
      },
      ['pay_methods.0.label.fr', 'pay_methods.1.icon'],
    ],
    ['of an unknown field of direct', { direct: { pg: 'kcp', label: 'a' } }, ['pay_methods', 'direct.label']],
    ['of methods beside direct, which are ignored', { direct: { pg: 'kcp' } }, ['pay_methods']],
    ['of a method without a gateway', { pay_methods: [{ pay_method: 'card' }] }, ['pay_methods.0.pg']],
    ['of direct without a gateway', { direct: { pay_method: 'card' }, pay_methods: '' }, ['direct.pg']],
    ['of an empty tax_free', { tax_free: '' }, ['tax_free']],
    ['of a notice_url that is null', { notice_url: null }, ['notice_url']],
    ['of nothing if only optional fields are empty', { buyer_name: '', language: null, custom_data: '' }, []],
    ['of nothing if notice_url is a host name in a private network', { notice_url: 'http://receiver' }, []],
    ['of nothing inside custom_data', { custom_data: { colour: 'red', null: null } }, []],
  ])('%s', async (_, differences, paths) => {
    const { post } = await openMerchant()
    const { status, warnings } = await post(anOrder(differences))
    expect([status, pathsOf(warnings)]).toEqual([200, paths])
  })

  test.each(['tax free amount', '면세공급가액', 'string', '없음', '-', 'undefined', '{{tax_free}}', ' \t'])(
    'of the placeholder "%s" in tax_free, which counts as absent',
    async (tax_free) => {
      const { post, view } = await openMerchant()
      const { json, warnings } = await post(anOrder({ tax_free }))
      expect(warnings).toEqual([
        { path: 'tax_free', message: expect.stringMatching(/^tax_free is .* and counts as absent$/) },
      ])
      expect(await view(json.shortenedUrl.split('/').at(-1))).not.toHaveProperty('tax_free')
    },
  )

  test.each([
    'notification url',
    '결제 결과를 받을 url',
    'string',
    'https://웹훅수신 URL',
    'YOUR_URL',
    '-',
    ' ',
  ])('of the placeholder "%s" in notice_url, which counts as absent', async (notice_url) => {
    const { post } = await openMerchant()
    const absent = await post(anOrder({ notice_url: undefined }))
    const { json, warnings } = await post(anOrder({ notice_url }))
    expect(pathsOf(warnings)).toEqual(['notice_url'])
    expect(json.shortenedUrl).toBe(absent.json.shortenedUrl)
  })

  test('of fields beside payment_info that are ignored', async () => {
    const { post } = await openMerchant()
    const { expired_at, title, ...rest } = anOrder()
    const beside = await post({ payment_info: JSON.stringify({ title, ...rest, x: 1 }), expired_at, title })
    expect(beside.warnings).toEqual([
      { path: 'title', message: 'title is not read beside payment_info' },
      { path: 'x', message: 'x is no field of a link' },
    ])
  })

  test('again in the same way when the same order is posted again', async () => {
    const { post } = await openMerchant()
    const order = anOrder({ tax_free: 'string', colour: 'red', pay_methods: [{}] })
    const first = await post(order)
    expect(pathsOf(first.warnings)).toEqual(['tax_free', 'pay_methods.0.pg', 'colour'])
    expect((await post(order)).text).toBe(first.text)
  })

  test('of the first twenty unknown fields by name and of the others by their count', async () => {
    const { post } = await openMerchant()
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`field${at}`, 1]))
    const { warnings } = await post({ ...many, payment_info: anOrder({ colour: 'red' }) })
    expect(warnings).toHaveLength(21)
    expect(warnings[19]?.path).toBe('field19')
    expect(warnings[20]).toEqual({ path: '', message: 'and 2981 more unknown fields' })
  })

  test('with truncated, printable names and without values', async () => {
    const { post } = await openMerchant()
    const { warnings, text } = await post(
      anOrder({ ['a'.repeat(30_000)]: 's3cret', '\u202e\n\ud800': 's3cret' }),
    )
    expect(pathsOf(warnings)).toEqual([`${'a'.repeat(59)}…`, '\ufffd\ufffd\ufffd'])
    expect(text).not.toContain('s3cret')
  })
})

describe('with Prefer: handling=strict,', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['an unknown field of a method', { pay_methods: [{ pg: 'kcp', icon: 1 }] }, 'pay_methods.0.icon'],
    ['a placeholder in tax_free', { tax_free: 'string' }, 'tax_free'],
    ['a placeholder in notice_url', { notice_url: 'string' }, 'notice_url'],
    ['no name for tosspayments', { pay_methods: [{ pg: 'tosspayments' }] }, 'buyer_name'],
  ])('%s is refused by field name', async (_, differences, named) => {
    const { post } = await openMerchant()
    const { status, json } = await post(anOrder(differences), strict)
    expect([status, json.code, pathsOf(json.errors)]).toEqual([400, -1, [named]])
    expect(json.message).toBe(json.errors[0].message)
  })

  test('unknown fields are listed beside invalid ones', async () => {
    const { post } = await openMerchant()
    const { json } = await post(anOrder({ amount: -1, colour: 'red' }), strict)
    expect(pathsOf(json.errors)).toEqual(['amount', 'colour'])
  })

  test('known valid fields are accepted, and absent ones stay absent', async () => {
    const { post } = await openMerchant()
    expect((await post(anOrder({ tax_free: null, buyer_name: '' }), strict)).status).toBe(200)
  })

  test.each<[string, number]>([
    ['respond-async, handling=strict; wait=10', 400],
    ['Handling = "STRICT"', 400],
    ['handling=lenient, handling=strict', 200],
    ['mishandling=strict', 200],
    ['handling=strictly', 200],
    ['', 200],
  ])('the header "%s" is parsed as RFC 7240 says', async (prefer, status) => {
    const { post } = await openMerchant()
    expect((await post(anOrder({ colour: 'red' }), { prefer })).status).toBe(status)
  })
})

describe('for random unknown fields,', () => {
  const fields = Object.keys(linkFields.shape).concat('expired_at', 'expire_at')
  const odd = ['__proto__', 'constructor', 'toString', 'length', 'Amount', 'notice-url', 'amount ', '0', '']
  const nameOutside = (known: string[]) =>
    fc
      .oneof(fc.constantFrom(...odd, 'label', 'pg', 'ko', 'title'), fc.string())
      .filter((name) => !known.includes(name))
  const junk = (known: string[]) => fc.dictionary(nameOutside(known), fc.jsonValue(), { maxKeys: 3 })
  const request = fc.record({
    wrapped: fc.boolean(),
    top: junk([...fields, 'payment_info']),
    beside: junk([...fields, 'payment_info']),
    methods: fc.array(
      fc.record({ own: junk(['pg', 'channelKey', 'pay_method', 'label']), label: junk(['ko', 'en']) }),
      { minLength: 1, maxLength: 3 },
    ),
  })

  test('each one is warned of by its path, and no other field is', async () => {
    const { post } = await openMerchant()
    const property = fc.asyncProperty(request, async ({ wrapped, top, beside, methods }) => {
      const { expired_at, ...rest } = anOrder()
      const pay_methods = methods.map(({ own, label }) => ({
        ...own,
        pg: 'kcp',
        label: { ...label, ko: '카드', en: 'Card' },
      }))
      const inner = { ...rest, ...top, pay_methods }
      const { status, warnings, text } = await post(
        wrapped ? { payment_info: JSON.stringify(inner), expired_at, ...beside } : { ...inner, expired_at },
      )
      const expected = [
        ...(wrapped ? Object.keys(beside) : []),
        ...Object.keys(top),
        ...methods.flatMap(({ own, label }, at) => [
          ...Object.keys(own).map((name) => `pay_methods.${at}.${name}`),
          ...Object.keys(label).map((name) => `pay_methods.${at}.label.${name}`),
        ]),
      ]
      expect(status, text).toBe(200)
      const named = pathsOf(warnings)
      if (expected.length > 20) expect(named.slice(0, -1)).toHaveLength(20)
      else expect(named.sort()).toEqual(expected.sort())
    })
    await fc.assert(property, { numRuns: 200 })
  })

  test('the answer is a link or a short refusal for random values in any field', async () => {
    const { post } = await openMerchant()
    const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary', maxLength: 200 }))
    const body = fc.dictionary(
      fc.oneof(
        fc.constantFrom(...fields, 'payment_info', ...odd),
        fc.string({ unit: 'binary', maxLength: 200 }),
      ),
      value,
      { maxKeys: 12 },
    )
    const property = fc.asyncProperty(body, fc.boolean(), async (differences, isStrict) => {
      const { status, json, text } = await post(anOrder(differences), isStrict ? strict : {})
      expect([200, 400, 403, 409], text).toContain(status)
      const messages: Warning[] = json.warnings ?? json.errors ?? []
      expect(
        messages.every((one) => one.path.length <= 100),
        text,
      ).toBe(true)
    })
    await fc.assert(property, { numRuns: 200 })
  })
})

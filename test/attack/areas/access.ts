// Authentication, authorisation, rate limits and stored personal data.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { SignJWT } from 'jose'
import { area } from '../scenario.ts'
import { anOrder, day, type Shop } from '../shop.ts'

const { scenarios, scenario, slow } = area('access')

export { scenarios }

const api = '/api/supplements/v1/link/payment'
const global = { portone_key: 'a-global-client-key', portone_secret: 'the secret of the global client' }
const right = { imp_key: 'key', imp_secret: 'a secret of the shop' }

async function globalHeaders(shop: Shop, secret = global.portone_secret): Promise<Record<string, string>> {
  const now = Math.floor(shop.clock.now / 1000)
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('PORTONE')
    .setSubject(global.portone_key)
    .setIssuedAt(now)
    .setExpirationTime(now + 100)
    .sign(new TextEncoder().encode(secret))
  return { 'x-portone-client-key': global.portone_key, authorization: `Bearer ${token}` }
}

scenario('a stranger who guesses credentials does not lock the merchant out', async (trial) => {
  const shop = await trial.shop({ limited: true, merchant: global })
  for (let guess = 0; guess < 15; guess++)
    await shop.edge.request('POST', '/users/getToken', { imp_key: `key-${guess}`, imp_secret: 'x' })
  for (let guess = 0; guess < 15; guess++)
    await shop.edge.request(
      'GET',
      '/api/paymentLink/none/status',
      undefined,
      await globalHeaders(shop, 'wrong-wrong'),
    )
  const token = await shop.edge.request('POST', '/users/getToken', right)
  trial.check('the right secret still gets a token', token.status === 200, { status: token.status })
  const response = await shop.edge.request(
    'GET',
    '/api/paymentLink/none/status',
    undefined,
    await globalHeaders(shop),
  )
  trial.check('a valid global token is still accepted', response.status === 404, { status: response.status })
  const keys = { portone_key: global.portone_key, portone_secret: global.portone_secret }
  const fresh = await shop.edge.request('POST', '/api/merchant/auth-token', keys)
  trial.check('a global token is still issued', fresh.status === 200, { status: fresh.status })
  const wrong = await shop.edge.request('POST', '/users/getToken', { imp_key: 'key-0', imp_secret: 'x' })
  trial.check('the guesser is rate-limited', wrong.status === 429, { status: wrong.status })
})

scenario('guessing one key’s secret from many addresses does not lock its merchant out', async (trial) => {
  const shop = await trial.shop({ limited: true, env: { TRUST_PROXY: 'x-forwarded-for:1' } })
  for (let guess = 0; guess < 40; guess++)
    await shop.edge.request('POST', '/users/getToken', { ...right, imp_secret: `${guess}` }, from(guess))
  const { status } = await shop.edge.request('POST', '/users/getToken', right, from(77))
  trial.check('the right secret still gets a token', status === 200, { status })
})

const from = (at: number) => ({ 'x-forwarded-for': `198.51.${(at >> 8) & 255}.${at & 255}` })

scenario('link IDs of 15,000 characters do not fill the memory', async (trial) => {
  const shop = await trial.shop({ limited: true, env: { TRUST_PROXY: 'x-forwarded-for:1' } })
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    return process.memoryUsage().heapUsed / 1e6
  }
  const before = used()
  for (let at = 0; at < 300; at++)
    for (const endpoint of ['checkout', 'settle', 'opened', 'notice', 'confirm']) {
      const id = `${endpoint}-${at}-${'x'.repeat(15_000)}`
      const body = { method: 'm1', language: 'ko', visitor: 'a', imp_uid: 'imp_1' }
      await shop.edge.request('POST', `/links/${id}/${endpoint}`, body, from(at))
    }
  const grown = Math.round(used() - before)
  trial.check('1,500 of them leave less than 8 MB', grown < 8, { megabytes: grown })
})

scenario('requests for many unknown links are rate-limited, and known links still open', async (trial) => {
  const shop = await trial.shop({ limited: true })
  const link = await shop.post()
  const statuses: number[] = []
  for (let at = 0; at < 60; at++) {
    const id = `a${String(at).padStart(17, 'b')}`
    statuses.push((await shop.edge.request('GET', `/${id}`)).status)
    statuses.push((await shop.edge.request('POST', `/links/${id}/settle`, {})).status)
  }
  trial.check('the guesser is rate-limited', statuses.at(-1) === 429, statuses.at(-1))
  trial.check('the customer’s page opens', (await shop.view(link)).status === 'open')
  trial.check('the customer can pay', (await shop.requestCheckout(link)).status === 200)
})

scenario(
  'requests without a token, or with a forged one, neither read nor change a merchant’s data',
  async (trial) => {
    const shop = await trial.shop()
    const link = await shop.post()
    const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const claims = { sub: 'imp11111111', iss: 'dari', exp: 9_999_999_999, user_code: 'imp11111111' }
    const signed = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('another secret of thirty-two characters'))
    const tokens = ['', 'x', `${encode({ alg: 'none' })}.${encode(claims)}.`, signed, `Bearer ${signed}`]
    for (const authorization of tokens) {
      const headers: Record<string, string> = authorization ? { authorization } : {}
      const statuses = [
        (await shop.edge.request('GET', `${api}/${link.id}`, undefined, headers)).status,
        (await shop.edge.request('GET', api, undefined, headers)).status,
        (await shop.edge.request('PUT', `${api}/${link.id}`, undefined, headers)).status,
        (await shop.edge.request('POST', api, { title: 'x' }, headers)).status,
        (await shop.edge.request('GET', '/api/supplements/v1/link/events', undefined, headers)).status,
      ]
      const label = authorization.slice(0, 12) || 'no token'
      trial.check(
        `${label}: every request is refused`,
        statuses.every((status) => status === 401),
        statuses,
      )
    }
    trial.check('the link is still open', (await shop.report(link)).status === 'open')
  },
)

scenario('a merchant can neither read nor disable another merchant’s link', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const read = await shop.asMerchant('GET', `/${link.id}`, undefined, 'other')
  const put = await shop.asMerchant('PUT', `/${link.id}`, undefined, 'other')
  trial.check('both answer 404', read.status === 404 && put.status === 404, [read.status, put.status])
  trial.check('the link is still open', (await shop.report(link)).status === 'open')
  const list = await shop.asMerchant('GET', '', undefined, 'other')
  trial.check('the other merchant’s list does not contain it', !list.text.includes(link.id))
})

scenario('the Host header of a request appears in no URL that Dari returns', async (trial) => {
  const shop = await trial.shop()
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
  const link = await shop.post()
  const body = { method: 'm1', language: 'ko' }
  const checkout = await shop.edge.request('POST', `/links/${link.id}/checkout`, body, headers)
  trial.check(
    'not in the parameters of the payment window',
    !checkout.text.includes('evil.example'),
    checkout.text,
  )
  const page = await shop.edge.request('GET', `/${link.id}`, undefined, headers)
  trial.check('not in the page', !page.text.includes('evil.example'))
})

scenario('a link’s page and view contain no buyer data and no notice URL', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post({
    buyer_name: '홍길동',
    buyer_email: 'hong@b.kr',
    custom_data: { inner: 'secret-note' },
    notice_url: 'https://inner.example/notice',
  })
  const [view, page] = [await shop.view(link), await shop.edge.request('GET', `/${link.id}`)]
  for (const word of ['홍길동', 'hong@b.kr', 'secret-note', 'inner.example', '1111-2222'])
    trial.check(`neither contains ${word}`, !JSON.stringify(view).includes(word) && !page.text.includes(word))
})

scenario('other sites can neither frame the page nor call the merchant API from a browser', async (trial) => {
  const shop = await trial.shop()
  const link = await shop.post()
  const headers = { origin: 'https://evil.example' }
  const page = await shop.edge.request('GET', `/${link.id}`, undefined, headers)
  const policy = page.headers.get('content-security-policy') ?? ''
  trial.check('the page cannot be framed', policy.includes("frame-ancestors 'none'"), policy)
  const response = await shop.edge.request('OPTIONS', api, undefined, {
    ...headers,
    'access-control-request-method': 'POST',
  })
  trial.check(
    'the API allows no cross-origin request',
    response.headers.get('access-control-allow-origin') === null,
  )
})

scenario('erased buyer data is nowhere in the database file', async (trial) => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-attack-'))
  const shop = await trial.shop({ database: join(folder, 'dari.db') })
  for (let count = 0; count < 5; count++)
    await shop.post({
      buyer_name: 'GLOBALCUST',
      buyer_email: 'mark@erased.kr',
      buyer_tel: '01099998888',
      custom_data: { note: `SECRETNOTE${'x'.repeat(3_000)}` },
    })
  shop.clock.now += 100 * day
  for (let round = 0; round < 5; round++) {
    await shop.edge.work()
    shop.clock.now += day
  }
  await shop.restart()
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'))
  for (const word of ['GLOBALCUST', 'mark@erased.kr', '01099998888', 'SECRETNOTE'])
    trial.check(`${word} is erased`, !bytes.some((text) => text.includes(word)), word)
})

slow('an order with hundreds of links is as fast as an order with one link', async (trial) => {
  const shop = await trial.shop({ skipAudit: true })
  const first = await shop.post({ merchant_uid: 'many', amount: 1_000 })
  const single = await shop.post()
  let posted = 1
  for (; posted < 600; posted++) {
    const body = anOrder('many', shop.clock.now, { amount: 1_000 + posted })
    if ((await shop.asMerchant('POST', '', body)).status !== 200) break
  }
  const time = async (call: () => Promise<unknown>) => {
    const times: number[] = []
    for (let round = 0; round < 7; round++) {
      const startedAt = performance.now()
      await call()
      times.push(performance.now() - startedAt)
    }
    return times.sort((one, other) => one - other)[3] ?? 0
  }
  await time(() => shop.view(single))
  const [singleView, crowdedView] = [await time(() => shop.view(single)), await time(() => shop.view(first))]
  const [singleSettle, crowdedSettle] = [
    await time(() => shop.settle(single)),
    await time(() => shop.settle(first)),
  ]
  const times = {
    posted,
    singleView,
    crowdedView,
    singleSettle,
    crowdedSettle,
  }
  trial.check('a view takes as long', crowdedView < 5 * singleView + 2, times)
  trial.check('a settle takes as long', crowdedSettle < 5 * singleSettle + 5, times)
})

import { describe, expect, test } from 'vitest'
import { anExample } from '../../support/global-merchant.ts'
import { anOrder, openShop } from '../support/shop.ts'

describe('the page', () => {
  test('exists for a link in any state, and is a 404 page for an unknown link', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    expect(await shop.send('GET', `/${id}`)).toMatchObject({
      status: 200,
      json: {
        view: { id, status: 'open' },
        language: 'ko',
        returning: false,
        url: `https://pay.example/${id}`,
      },
    })
    expect((await shop.send('GET', `/${id}/return?imp_uid=imp_1`)).json).toMatchObject({ returning: true })
    await shop.asMerchant('PUT', `/${id}`)
    expect(await shop.send('GET', `/${id}`)).toMatchObject({
      status: 200,
      json: { view: { status: 'disabled' } },
    })
    for (const path of ['/nothing', `/${'0'.repeat(18)}`, '/nothing/return'])
      expect(await shop.send('GET', path)).toMatchObject({ status: 404, json: { view: null } })
  })
  test.each([
    ['?lang=en', {}, 'en'],
    ['', { cookie: 'a=b; lang=en' }, 'en'],
    ['?lang=ko', { cookie: 'lang=en' }, 'ko'],
    ['?lang=fr', { cookie: 'lang=en' }, 'en'],
    ['', { 'accept-language': 'en-GB,ko;q=0.5' }, 'en'],
    ['', { 'accept-language': 'fr' }, 'ko'],
  ])('opens in the customer’s language: %s %j', async (query, headers, language) => {
    const shop = openShop()
    const id = await shop.makeLink()
    expect((await shop.send('GET', `/${id}${query}`, undefined, headers)).json.language).toBe(language)
  })
  test('prefers the merchant’s language to the browser’s', async () => {
    const shop = openShop()
    const id = await shop.makeLink({ display_language: 'en' })
    expect((await shop.send('GET', `/${id}`, undefined, { 'accept-language': 'ko' })).json.language).toBe(
      'en',
    )
  })
  test('may run only its own and i’mport’s scripts, and may not be framed', async () => {
    const shop = openShop()
    const { headers } = await shop.send('GET', `/${await shop.makeLink()}`)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("script-src 'sha256-abc' 'self' https://cdn.iamport.kr https://cdn.portone.io")
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/)
    for (const part of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "default-src 'none'",
    ])
      expect(policy).toContain(part)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
  })
  test('needs no other host in the sandbox', async () => {
    const shop = openShop({ env: { MERCHANTS_FILE: '', SANDBOX: 'true' } })
    const policy = (await shop.send('GET', '/x')).headers.get('content-security-policy')
    expect(policy).not.toContain('https:')
    expect(policy).toContain("script-src 'sha256-abc' 'self'")
  })
  test('allows the host of a configured SDK', async () => {
    const shop = openShop({ env: { IAMPORT_SDK_URL: 'http://localhost:4000/v1/iamport.js' } })
    const policy = (await shop.send('GET', '/x')).headers.get('content-security-policy')
    expect(policy).toMatch(/script-src [^;]*http:\/\/localhost:4000/)
  })
})

describe('viewing a link', () => {
  test('with GET and HEAD writes nothing and does not call i’mport', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    const before = await shop.asMerchant('GET', `/${id}`)
    for (const path of [`/${id}`, `/${id}/return?imp_uid=imp_1`, `/links/${id}`])
      for (const method of ['GET', 'HEAD']) expect((await shop.send(method, path)).status).toBe(200)
    expect((await shop.send('HEAD', `/${id}`)).text).toBe('')
    expect((await shop.asMerchant('GET', `/${id}`)).json).toEqual(before.json)
    expect(shop.iamport.calls).toEqual([])
  })
})

describe('a page on another origin', () => {
  const origin = { origin: 'https://static.example' }
  test('may read the link, check out and settle', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    for (const path of [`/links/${id}`, `/links/${id}/checkout`, `/links/${id}/settle`]) {
      const preflight = await shop.send('OPTIONS', path, undefined, {
        ...origin,
        'access-control-request-method': 'POST',
      })
      expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    }
    const { headers } = await shop.send('GET', `/links/${id}`, undefined, origin)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })
  test('may not use any other endpoint', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    for (const path of [
      `/links/${id}/notice`,
      `/links/${id}/confirm`,
      '/users/getToken',
      '/api/supplements/v1/link/payment',
    ]) {
      const { headers } = await shop.send('OPTIONS', path, undefined, origin)
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

describe('an unknown link', () => {
  test.each(['settle', 'checkout', 'notice', 'confirm'])('answers 404 on %s', async (what) => {
    const answer = await openShop().send('POST', `/links/${'0'.repeat(18)}/${what}`, {})
    expect(answer).toMatchObject({ status: 404, json: { reason: 'not_found' } })
  })
})

describe('an unexpected error', () => {
  test('is logged in full and answered without details', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    const authorization = await shop.signIn()
    shop.database.close()
    const page = await shop.send('GET', `/links/${id}`)
    expect(page).toMatchObject({ status: 500, json: { reason: 'internal' } })
    const merchant = await shop.send('POST', '/api/supplements/v1/link/payment', anOrder(), { authorization })
    expect(merchant.json).toMatchObject({ code: -1, response: null })
    expect(merchant.text).not.toContain('database')
    const request = merchant.headers.get('x-request-id')
    expect(shop.log.find((entry) => entry.request === request)?.error).toContain('database is not open')
  })
})

describe('the OpenAPI document', () => {
  test('lists every endpoint with the limits that it checks', async () => {
    const { json } = await openShop().send('GET', '/openapi.json')
    expect(Object.keys(json.paths)).toEqual([
      '/users/getToken',
      '/api/supplements/v1/link/payment',
      '/api/supplements/v1/link/payment/{id}',
      '/api/supplements/v1/link/events',
      '/api/supplements/v1/link/events/{id}/redeliver',
      '/api/paymentLink',
      '/api/paymentLink/{ref}',
      '/api/paymentLink/{ref}/status',
      '/api/paymentLink/{ref}/cancelled',
      '/api/merchant/auth-token',
      '/api/merchant/generate-signature',
      '/links/{id}/card',
      '/subscribe/customers/{customer_uid}',
      '/links/{id}',
      '/links/{id}/live',
      '/links/{id}/checkout',
      '/links/{id}/opened',
      '/links/{id}/window-failed',
      '/links/{id}/settle',
      '/links/{id}/notice',
      '/logos/{id}',
      '/csp-reports',
      '/links/{id}/confirm',
    ])
    const { properties, required } = json.components.schemas.LinkRequest
    expect(properties.merchant_uid.maxLength).toBe(40)
    expect(properties.pay_methods.maxItems).toBe(20)
    expect(required).toEqual(
      expect.arrayContaining(['title', 'user_code', 'merchant_uid', 'name', 'currency']),
    )
    expect(properties.amount.description).toBe('Required without customer_uid')
    expect(required).not.toContain('buyer_tel')
    const global = json.components.schemas.GlobalLinkRequest
    expect(Object.keys(global.properties)).toEqual(expect.arrayContaining(Object.keys(anExample(0, ''))))
  })
  test('in the sandbox comes with an example page that embeds a link', async () => {
    const sandbox = openShop({ env: { MERCHANTS_FILE: '', SANDBOX: 'true' } })
    const example = await sandbox.send('GET', '/docs/embed-example')
    expect(example.text).toContain('<script src="/embed.js">')
    expect(example.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
    expect(example.headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe-inline/)
    expect((await sandbox.send('GET', '/docs/embed-example.js')).text).toContain('Dari.open(')
    for (const file of ['embed-example', 'embed-example.js'])
      expect((await openShop().send('GET', `/docs/${file}`)).status).toBe(404)
  })
  test('is shown by Swagger UI from the package', async () => {
    const shop = openShop()
    const { text, headers } = await shop.send('GET', '/docs')
    expect(text).not.toMatch(/https?:\/\//)
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe-inline/)
    expect((await shop.send('GET', '/docs/dari-initializer.js')).text).toContain('/openapi.json')
    expect((await shop.send('GET', '/docs/swagger-ui.css')).headers.get('content-type')).toBe('text/css')
    for (const file of ['nothing.js', '..%2Fpackage.json'])
      expect((await shop.send('GET', `/docs/${file}`)).status).toBe(404)
  })
})

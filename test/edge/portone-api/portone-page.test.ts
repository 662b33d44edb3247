// How the edge serves the page of a global link: its logo and its frame-ancestors.
import { describe, expect, test } from 'vitest'
import { aPng } from '../../support/pictures.ts'
import { example, openGlobalShop, signatureOf, tokenOf } from '../support/portone-shop.ts'
import { openShop } from '../support/shop.ts'

const logo = 'https://shop.example/logo.png'
const withLogo = { merchant_details: { ...(example.merchant_details as object), logo } }

function aShopOfPictures(bytes: Uint8Array, status = 200) {
  const asked: string[] = []
  const safeFetch = (async (input: string | URL | Request) => {
    asked.push(String(input))
    return new Response(new Uint8Array(bytes), { status })
  }) as typeof fetch
  return { ...openGlobalShop({ parts: { safeFetch } }), asked }
}

describe('the logo of a global link', () => {
  test('is fetched once, served by the edge, and does not change the link’s identity', async () => {
    const shop = aShopOfPictures(aPng(120, 40))
    const id = await shop.makeGlobal(withLogo)
    const { extras } = await shop.view(id)
    expect(extras.seller.logo).toMatch(/^\/logos\/[0-9a-f]{64}-120x40$/)
    expect((await shop.app.request(extras.seller.logo)).headers.get('content-type')).toBe('image/png')
    expect(await shop.makeGlobal(withLogo)).toBe(id)
    expect(shop.asked.filter((address) => address === logo)).toHaveLength(1)
  })
  test('is refused with the field and the reason if it is invalid', async () => {
    const shop = aShopOfPictures(Buffer.from('<svg onload="alert(1)"/>'))
    const { status, json } = await shop.post(withLogo)
    expect(status).toBe(400)
    expect(JSON.stringify(json)).toContain('merchant_details.logo must be a PNG, JPEG or WebP picture')
  })
})

describe('an embedded link', () => {
  const merchant = { embed_origins: ['https://shop.example', 'http://localhost:4000'] }
  const ancestors = (headers: Headers) =>
    /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1]

  test('may be framed by its merchant’s origins, any other link by none', async () => {
    const shop = openGlobalShop({ merchant })
    const framed = await shop.makeGlobal({ is_checkout_embed: true, merchant_order_id: 'framed' })
    const other = await shop.makeGlobal({ is_checkout_embed: false, merchant_order_id: 'other' })
    expect(ancestors((await shop.send('GET', `/${framed}`)).headers)).toBe(
      'https://shop.example http://localhost:4000',
    )
    expect(ancestors((await shop.send('GET', `/${other}`)).headers)).toBe("'none'")
  })
})

test('the sandbox allows the page at /docs/embed-example to frame its links', async () => {
  const shop = openShop({ env: { SANDBOX: 'true', MERCHANTS_FILE: '', PUBLIC_URL: 'http://localhost:3000' } })
  const silent = { notify_by_email: false, notify_by_phone: false, custom_link_ref: '' }
  const wish = { ...example, ...silent, portone_key: 'sandbox', is_checkout_embed: true }
  const body = { ...wish, signature_hash: signatureOf(wish, 'sandbox') }
  const { status, json, text } = await shop.send('POST', '/api/paymentLink', body, {
    'x-portone-client-key': 'sandbox',
    authorization: `Bearer ${tokenOf({ sub: 'sandbox' }, { by: 'sandbox' })}`,
  })
  expect(status, text).toBe(200)
  const { headers } = await shop.send('GET', `/${json.payment_link_ref}`)
  expect(headers.get('content-security-policy')).toContain(
    'frame-ancestors http://localhost:3000 http://127.0.0.1:3000',
  )
})

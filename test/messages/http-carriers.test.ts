import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { readMessageSettings } from '../../src/edge/config/message-settings.ts'
import { createTransports } from '../../src/edge/features/messages/http-transports.ts'
import { channelsOf } from '../../src/edge/platform/ports/messaging.ts'
import { start } from '../edge/support/shop.ts'
import { aMessageRequest, openMessageShop } from './messenger.ts'
import { openProvider, type Provider, type Request } from './provider.ts'

const open: Provider[] = []
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.close()
})

const secret = 'the secret of the shop'
const sender = { SOLAPI_API_KEY: 'key of the shop', SOLAPI_API_SECRET: secret, SMS_FROM: '02-123-4567' }

/** A shop whose transports use a fake provider on loopback. */
async function openCarriedShop(env: Record<string, string>, urlName: string) {
  const provider = await openProvider()
  open.push(provider)
  const settings = readMessageSettings((name) => ({ ...env, [urlName]: provider.url })[name], [])
  const world = {
    fetch,
    now: () => start,
    random: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
  }
  return { provider, shop: openMessageShop({ parts: createTransports(settings, world) }) }
}

/** As in Solapi's documentation: the HMAC-SHA256 of date and salt, in hexadecimal. */
function isSigned({ headers }: Request): boolean {
  const found =
    /^HMAC-SHA256 apiKey=key of the shop, date=(\S+), salt=(\w{12,64}), signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  const [, date = '', salt = '', signature] = found ?? []
  return (
    createHmac('sha256', secret)
      .update(date + salt)
      .digest('hex') === signature && Date.parse(date) === start
  )
}

const taken = { failedMessageList: [], groupInfo: { count: { total: 1, registeredFailed: 0 } } }

describe('the SMS transport for Solapi', () => {
  const openSms = () => openCarriedShop(sender, 'SOLAPI_API_URL')
  const request = aMessageRequest({ phone: '+821012345678', receipt: false })
  const byPhone = { ...request, email: undefined } as never

  test('signs its request and formats both numbers as Solapi requires', async () => {
    const { provider, shop } = await openSms()
    provider.answer = (request) =>
      isSigned(request)
        ? { body: taken }
        : { status: 403, body: { errorCode: 'InvalidApiKey', errorMessage: '' } }
    await shop.offer(byPhone, { name: '사과' })
    expect(await shop.send()).toBe(1)
    const [request] = provider.requests
    expect(request?.path).toBe('/messages/v4/send-many/detail')
    expect(request?.body).toEqual({
      messages: [
        {
          to: '01012345678',
          from: '021234567',
          type: 'SMS',
          text: expect.stringMatching(
            /^\[상점\] 사과 10,000원 결제\(~\d+\/\d+ \d\d:\d\d\) https:\/\/pay\.example\/\w+$/,
          ),
          customFields: { id: expect.stringMatching(/^msg-\w+-link-phone$/) },
        },
      ],
    })
  })
  test('sends a long message as LMS with a subject', async () => {
    const { provider, shop } = await openSms()
    provider.answer = () => ({ body: taken })
    await shop.offer(byPhone, {
      amount: 999_999_999_999,
      currency: 'USD',
      name: '아주 긴 이름의 사과 한 상자와 배 두 상자',
    })
    await shop.send()
    expect(provider.requests[0]?.body).toMatchObject({
      messages: [{ type: 'LMS', subject: '[상점] 결제 요청' }],
    })
  })
  const failed = (statusCode: string) => ({
    body: { failedMessageList: [{ to: '01012345678', statusCode, statusMessage: '01012345678 …' }] },
  })
  test.each([
    ['a blocked recipient', failed('1061'), 'failed', 'Solapi: 1061'],
    ['no credit', failed('1030'), null, 'Solapi: 1030'],
    ['an unregistered sender number', failed('1062'), null, 'Solapi: 1062'],
    [
      'an invalid request',
      { status: 400, body: { errorCode: 'ValidationError', errorMessage: '01012345678' } },
      'failed',
      'Solapi: ValidationError',
    ],
    [
      'an invalid key',
      { status: 403, body: { errorCode: 'SignatureDoesNotMatch', errorMessage: 'x' } },
      null,
      'Solapi: SignatureDoesNotMatch',
    ],
    ['a server error', { status: 500, body: '<html>01012345678' }, null, 'Solapi: HTTP 500'],
    ['an invalid response', { body: '01012345678' }, null, 'Solapi: an answer that is not understood'],
    ['no response', 'hang up' as const, null, 'Solapi: TypeError'],
  ] as const)('reports %s and whether to retry', async (_, answer, outcome, last_error) => {
    const { provider, shop } = await openSms()
    provider.answer = () => answer
    await shop.offer(byPhone)
    expect(await shop.send()).toBe(0)
    expect(await shop.rows()).toMatchObject([{ outcome, last_error }])
    expect(JSON.stringify(shop.log)).not.toContain('1012345678')
  })
  test('reaches Korean numbers only, and link creation checks this', async () => {
    const { shop } = await openSms()
    const { phone } = channelsOf(shop.deps)
    expect(phone && [phone('+821012345678'), phone('+12025550123')]).toEqual([true, false])
  })
})

describe('the HTTP e-mail transport', () => {
  const env = { MAIL_API_KEY: 're_key', MAIL_FROM: '다리 상점 <pay@shop.kr>' }
  const openMail = () => openCarriedShop(env, 'MAIL_API_URL')

  test('sends the same idempotency key at every attempt', async () => {
    const { provider, shop } = await openMail()
    provider.answer = () => ({ status: 503, body: {} })
    await shop.offer(aMessageRequest({ receipt: false }))
    await shop.send()
    provider.answer = () => ({ body: { id: 'x' } })
    shop.clock.now += 10_000
    expect(await shop.send()).toBe(1)
    const [first, second] = provider.requests
    expect(first?.headers).toMatchObject({
      authorization: 'Bearer re_key',
      'idempotency-key': expect.stringMatching(/^msg-/),
    })
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    expect(second?.body).toEqual(first?.body)
    expect(second?.body).toMatchObject({
      from: '"다리 상점" <pay@shop.kr>',
      to: ['hong@example.com'],
      subject: expect.stringContaining('결제 요청'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  })
  test.each([
    [422, 'failed'],
    [401, null],
    [429, null],
  ])('handles HTTP %i', async (status, outcome) => {
    const { provider, shop } = await openMail()
    provider.answer = () => ({ status, body: { message: 'hong@example.com' } })
    await shop.offer(aMessageRequest({ receipt: false }))
    await shop.send()
    expect(await shop.rows()).toMatchObject([{ outcome, last_error: `mail API: HTTP ${status}` }])
  })
})

// Gateways that open their window with their own script, which the page's CSP must allow.
import { describe, expect, test } from 'vitest'
import { parseSettings } from '../../../src/edge/config/settings.ts'
import { anOrder, openShop } from '../support/shop.ts'

type Env = Record<string, string>

const offering = (...methods: Record<string, unknown>[]) => ({
  pay_methods: methods.map((method) => ({ pay_method: 'card', label: '결제', ...method })),
})

/** The script-src hosts and the Trusted Types directive of the page of a link with these methods. */
async function policyFor(methods: Record<string, unknown>[], env: Env = {}) {
  const shop = openShop({ env })
  const id = await shop.makeLink({ buyer_name: '홍길동', ...offering(...methods) })
  const { headers } = await shop.send('GET', `/${id}`)
  const policy = headers.get('content-security-policy') ?? ''
  return {
    scripts: /script-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [],
    isTextTrusted: !policy.includes('require-trusted-types-for'),
  }
}

const post = (methods: Record<string, unknown>[], env: Env = {}) =>
  openShop({ env }).asMerchant('POST', '', anOrder(offering(...methods)))

const allowsEval = { CSP_EVAL_GATEWAYS: 'mobilians' }

describe('the default CSP of a link’s page allows the script of', () => {
  test.each([
    ['kicc', 'https://pg.easypay.co.kr', {}],
    ['smilepay', 'https://pg.cnspay.co.kr', {}],
    ['settle_acc', 'https://ezauth.settlebank.co.kr', {}],
    ['uplus', 'https://xpay.tosspayments.com', {}],
    ['payple.MID', 'https://cpay.payple.kr', {}],
    ['tosspayments', 'https://js.tosspayments.com', {}],
    ['mobilians.MID', 'https://mup.mobilians.co.kr', allowsEval],
  ])('%s', async (pg, host, env) => {
    expect((await policyFor([{ pg: 'kakaopay' }, { pg }], env)).scripts).toContain(host)
  })
  test('every known gateway if the link names only a channel key', async () => {
    const { scripts } = await policyFor([{ channelKey: 'channel-key-1' }])
    for (const host of ['https://nsp.pay.naver.com', 'https://pg.easypay.co.kr', 'https://pg.cnspay.co.kr'])
      expect(scripts).toContain(host)
    expect(scripts).not.toContain("'unsafe-eval'")
  })
  test('no gateway that the link does not offer', async () => {
    const { scripts } = await policyFor([{ pg: 'html5_inicis' }, { pg: 'kakaopay' }])
    expect(scripts.filter((source) => source.startsWith('https:'))).toEqual([
      'https://cdn.iamport.kr',
      'https://cdn.portone.io',
      'https://js.tosspayments.com',
    ])
  })
})

describe('a gateway whose script calls eval', () => {
  test('may do so on its own links if the operator allows it', async () => {
    const shop = await policyFor([{ pg: 'mobilians', pay_method: 'phone' }], allowsEval)
    expect(shop.scripts).toContain("'unsafe-eval'")
    expect(shop.isTextTrusted).toBe(true)
  })
  test('may not do so on other links', async () => {
    const shop = await policyFor([{ pg: 'kicc' }], allowsEval)
    expect(shop.scripts).not.toContain("'unsafe-eval'")
    expect(shop.isTextTrusted).toBe(false)
  })
})

describe('a link is refused with the missing setting named if', () => {
  test.each<[string, Record<string, unknown>[], Env, string, RegExp]>([
    [
      'eval is not allowed',
      [{ pg: 'kakaopay' }, { pg: 'mobilians' }],
      {},
      'pay_methods.1.pg',
      /mobilians .* CSP_EVAL_GATEWAYS=mobilians/,
    ],
    [
      'the script’s host is unknown for the channel',
      [{ pg: 'kcp_quick' }],
      {},
      'pay_methods.0.pg',
      /kcp_quick .* CSP_SCRIPT_HOSTS/,
    ],
    [
      'the script’s host is unknown for the gateway',
      [{ pg: 'chai.MID' }],
      {},
      'pay_methods.0.pg',
      /chai .* CSP_SCRIPT_HOSTS/,
    ],
    [
      'the operator’s own list lacks the host',
      [{ pg: 'kicc' }],
      { CSP_SCRIPT_HOSTS: 'https://cdn.iamport.kr' },
      'pay_methods.0.pg',
      /kicc .* CSP_SCRIPT_HOSTS must list https:\/\/pg\.easypay\.co\.kr or/,
    ],
  ])('nobody could pay because %s: %j %j', async (_, methods, env, path, message) => {
    const { status, json } = await post(methods, env)
    expect(status).toBe(400)
    expect(json.errors).toEqual([{ path, message: expect.stringMatching(message) }])
  })
  test('nobody could pay by its direct method', async () => {
    const { json } = await openShop().asMerchant(
      'POST',
      '',
      anOrder({ pay_methods: undefined, direct: { pg: 'mobilians' } }),
    )
    expect(json.errors).toMatchObject([{ path: 'direct.pg' }])
  })
  test.each<[string, Record<string, unknown>[], Env]>([
    [
      'the operator’s list replaces the default',
      [{ pg: 'kcp_quick' }],
      { CSP_SCRIPT_HOSTS: 'https://qpay.example' },
    ],
    [
      'the operator’s list has the host',
      [{ pg: 'kicc' }],
      { CSP_SCRIPT_HOSTS: 'https://cdn.iamport.kr https://pg.easypay.co.kr' },
    ],
    ['eval is allowed', [{ pg: 'mobilians' }], allowsEval],
    ['it is a sandbox with its own SDK', [{ pg: 'chai' }], { IAMPORT_SDK_URL: '/sandbox/v1/iamport.js' }],
  ])('but is created if %s', async (_, methods, env) => {
    expect((await post(methods, env)).status).toBe(200)
  })
})

test('an invalid gateway code in the settings is refused at start', () => {
  const env = { IMP_USER_CODE: 'imp1', IMP_KEY: 'k', IMP_SECRET: 's', TOKEN_SECRET: 's'.repeat(32) }
  const parsed = parseSettings({ ...env, CSP_EVAL_GATEWAYS: "'unsafe-eval'" }, { randomSecret: '' })
  expect(parsed).toMatchObject({ problems: [expect.stringContaining('CSP_EVAL_GATEWAYS')] })
})

import { describe, expect, test } from 'vitest'
import { type Env, parseSettings } from '../../../src/edge/config/settings.ts'

const secret = 's'.repeat(32)
const live = { IMP_USER_CODE: 'imp1', IMP_KEY: 'k', IMP_SECRET: 's', TOKEN_SECRET: secret }
const parse = (env: Env, merchantsFile?: string) =>
  parseSettings(env, { merchantsFile, randomSecret: 'r'.repeat(32) })

function problemsOf(env: Env, file?: string): string {
  const parsed = parse(env, file)
  return parsed.ok ? '' : parsed.problems.join('\n')
}

describe('settings', () => {
  test('are those of a sandbox if none are set', () => {
    expect(parse({})).toMatchObject({
      ok: true,
      settings: {
        sandbox: true,
        port: 3000,
        publicUrl: 'http://localhost:3000',
        edgeUrl: 'http://localhost:3000',
        followsRequestOrigin: true,
        iamportApiUrl: 'http://127.0.0.1:3000/sandbox/api',
        iamportSdkUrl: '/sandbox/v1/iamport.js',
        merchants: [{ user_code: 'imp00000000', sandbox: true, confirm: true }],
        linkAuth: 'required',
        latePayment: 'keep',
        retentionDays: 90,
      },
    })
  })
  test('with one merchant start a live server', () => {
    expect(parse({ ...live, PUBLIC_URL: 'https://pay.example/', PORT: '8080' })).toMatchObject({
      ok: true,
      settings: {
        sandbox: false,
        publicUrl: 'https://pay.example',
        edgeUrl: 'https://pay.example',
        followsRequestOrigin: false,
        iamportApiUrl: 'https://api.iamport.kr',
        iamportSdkUrl: 'https://cdn.iamport.kr/v1/iamport.js',
        merchants: [{ user_code: 'imp1' }],
      },
    })
  })
  test('may give the edge another host than the page, and i’mport another URL', () => {
    const parsed = parse({
      SANDBOX: 'true',
      EDGE_URL: 'https://edge.example',
      IAMPORT_API_URL: 'http://localhost:9/api',
      IAMPORT_SDK_URL: 'http://localhost:9/i.js',
    })
    expect(parsed).toMatchObject({
      settings: {
        edgeUrl: 'https://edge.example',
        iamportApiUrl: 'http://localhost:9/api',
        iamportSdkUrl: 'http://localhost:9/i.js',
      },
    })
  })
  test.each<[string, Env, RegExp]>([
    ['PORT', { PORT: 'x' }, /^PORT must be a whole number/],
    ['PUBLIC_URL', { PUBLIC_URL: 'pay.example' }, /^PUBLIC_URL must be an http/],
    ['IAMPORT_SDK_URL', { IAMPORT_SDK_URL: 'javascript:1' }, /^IAMPORT_SDK_URL/],
    ['LINK_AUTH', { LINK_AUTH: 'none' }, /^LINK_AUTH must be required or open, not "none"$/],
    ['LATE_PAYMENT', { LATE_PAYMENT: 'x' }, /^LATE_PAYMENT must be keep or refund/],
    ['RETENTION_DAYS', { RETENTION_DAYS: '0' }, /^RETENTION_DAYS/],
    ['METRICS_PORT', { METRICS_PORT: '0' }, /^METRICS_PORT must be a whole number/],
    ['SANDBOX', { SANDBOX: 'yes' }, /^SANDBOX must be true or false, not "yes"$/],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'short' }, /^METRICS_TOKEN must be at least 16/],
    ['TRUST_PROXY', { ...live, TRUST_PROXY: 'x-forwarded-for: yes' }, /^TRUST_PROXY must name a header/],
    ['CSP_SCRIPT_HOSTS', { CSP_SCRIPT_HOSTS: 'https:' }, /^CSP_SCRIPT_HOSTS must list addresses/],
    ['CSP_FRAME_HOSTS', { CSP_FRAME_HOSTS: "'unsafe-inline'" }, /^CSP_FRAME_HOSTS must list addresses/],
    ['TRUSTED_TYPES', { TRUSTED_TYPES: 'off' }, /^TRUSTED_TYPES must be enforce or report/],
    ['TOKEN_SECRET', { ...live, TOKEN_SECRET: '' }, /^TOKEN_SECRET must be at least 32/],
    ['TOKEN_SECRET', { ...live, TOKEN_SECRET: 'short' }, /^TOKEN_SECRET/],
    ['IMP_SECRET', { ...live, IMP_SECRET: '' }, /^IMP_SECRET is missing/],
    ['MERCHANTS_FILE', { ...live, MERCHANTS_FILE: 'm.json' }, /^MERCHANTS_FILE stands instead/],
    ['MERCHANTS', { ...live, MERCHANTS: '[]' }, /^MERCHANTS stands instead/],
    [
      'both lists of merchants',
      { MERCHANTS_FILE: 'm.json', MERCHANTS: '[]', TOKEN_SECRET: secret },
      /^MERCHANTS stands instead of MERCHANTS_FILE/m,
    ],
    ['MERCHANTS', { MERCHANTS: '{', TOKEN_SECRET: secret }, /^MERCHANTS: /],
    ['EVENTS_URL', { ...live, EVENTS_URL: 'https://e.example' }, /^EVENTS_URL needs EVENTS_SECRET/],
    ['EVENTS_URL', { ...live, EVENTS_URL: 'ftp://e', EVENTS_SECRET: secret }, /^EVENTS_URL must be an http/],
    [
      'EVENTS_URL',
      { ...live, EVENTS_URL: 'https://me:pw@e.example', EVENTS_SECRET: secret },
      /^EVENTS_URL must not hold credentials$/,
    ],
    ['EVENTS_SECRET', { ...live, EVENTS_SECRET: 'whsec_short' }, /^EVENTS_SECRET must be whsec_/],
    ['SANDBOX_EVENTS_SECRET', { SANDBOX_EVENTS_SECRET: 'weak' }, /^SANDBOX_EVENTS_SECRET must be whsec_/],
    ['PORTONE_SECRET', { ...live, PORTONE_KEY: 'k' }, /^PORTONE_SECRET is missing/],
    ['PORTONE_KEY', { ...live, PORTONE_SECRET: 'k' }, /^PORTONE_KEY is missing/],
    ['PORTONE_WEBHOOK_URL', { PORTONE_WEBHOOK_URL: '//e' }, /^PORTONE_WEBHOOK_URL must be an http/],
    ['PORTONE_PAYMENT_METHODS', { PORTONE_PAYMENT_METHODS: '{' }, /^PORTONE_PAYMENT_METHODS .*list/],
    ['EVENTS_ALLOW_PRIVATE', { EVENTS_ALLOW_PRIVATE: 'yes' }, /^EVENTS_ALLOW_PRIVATE must be true or false/],
    [
      'the fields of the file',
      { MERCHANTS_FILE: 'm.json', TOKEN_SECRET: secret, EVENTS_SECRET: secret },
      /EVENTS_URL and EVENTS_SECRET are events_url and events_secret in MERCHANTS_FILE/,
    ],
    [
      'the fields of the global API in the file',
      { MERCHANTS_FILE: 'm.json', TOKEN_SECRET: secret, PORTONE_KEY: 'k', PORTONE_SECRET: 's' },
      /PORTONE_… settings are portone_key/,
    ],
  ])('report an invalid value in one line that names %s', (_, env, line) => {
    expect(problemsOf(env, '[]')).toMatch(line)
  })
  test('may list the merchants as text, where there are no files', () => {
    const list = [{ user_code: 'imp7', imp_key: 'k7', imp_secret: 's7' }]
    expect(parse({ MERCHANTS: JSON.stringify(list), TOKEN_SECRET: secret })).toMatchObject({
      settings: { sandbox: false, merchants: list },
    })
  })
  test('set a merchant’s events URL and keep events out of private networks', () => {
    const events = { EVENTS_URL: 'https://e.example/in?a=1', EVENTS_SECRET: secret }
    const expected = { events_url: events.EVENTS_URL, events_secret: secret }
    expect(parse({ ...live, ...events })).toMatchObject({
      settings: { merchants: [{ user_code: 'imp1', ...expected }], eventsAllowPrivate: false },
    })
    expect(parse({ ...live, EVENTS_ALLOW_PRIVATE: 'true' })).toMatchObject({
      settings: { eventsAllowPrivate: true },
    })
  })
  test('set a merchant’s key and methods of the global API', () => {
    const portone_methods = [{ payment_channel: 'STRIPE', payment_method: 'STRIPE_CARD', channelKey: 'ch' }]
    const env = {
      PORTONE_KEY: 'k',
      PORTONE_SECRET: 's',
      PORTONE_WEBHOOK_URL: 'https://e.example/w',
      PORTONE_PAYMENT_METHODS: JSON.stringify(portone_methods),
    }
    const wanted = {
      portone_key: 'k',
      portone_secret: 's',
      webhook_url: 'https://e.example/w',
      payment_methods: portone_methods,
    }
    expect(parse({ ...live, ...env })).toMatchObject({ settings: { merchants: [wanted] } })
  })
  test('give a sandbox its fixed key and secret of the global API', () => {
    expect(parse({})).toMatchObject({
      settings: { merchants: [{ portone_key: 'sandbox', portone_secret: 'sandbox' }] },
    })
  })
  test('let a sandbox send events to the same computer', () => {
    expect(parse({ EVENTS_URL: 'http://localhost:9/' })).toMatchObject({
      settings: { merchants: [{ events_url: 'http://localhost:9/' }], eventsAllowPrivate: true },
    })
    expect(parse({ EVENTS_ALLOW_PRIVATE: 'false' })).toMatchObject({
      settings: { eventsAllowPrivate: false },
    })
  })
  test('bind the metrics to loopback unless METRICS_HOST is set', () => {
    expect(parse({ METRICS_PORT: '9100', HOST: '0.0.0.0' })).toMatchObject({
      settings: { metricsPort: 9100, metricsHost: '127.0.0.1' },
    })
    expect(parse({ METRICS_PORT: '9100', METRICS_HOST: '10.0.0.7' })).toMatchObject({
      settings: { metricsHost: '10.0.0.7' },
    })
  })
  test('report all problems at once', () => {
    expect(problemsOf({ PORT: '-1', LINK_AUTH: 'x' }).split('\n')).toHaveLength(2)
  })
})

describe('the file of merchants', () => {
  const env = { MERCHANTS_FILE: 'm.json', TOKEN_SECRET: secret }
  const one = { user_code: 'imp1', imp_key: 'k', imp_secret: 's' }
  test('lists merchants with all of their fields', () => {
    const whole = {
      ...one,
      tiers: ['A01'],
      confirm: true,
      sandbox: false,
      events_url: 'https://e.example',
      events_secret: 'a secret of the shop for its events',
      name: { ko: '가', en: 'a' },
      contact: '02',
      portone_key: 'key',
      portone_secret: 'secret',
      webhook_url: 'https://e.example/webhook',
      payment_methods: [
        {
          payment_channel: 'STRIPE',
          payment_method: 'STRIPE_CARD',
          pg: 'eximbay',
          label: { ko: '가', en: 'a' },
        },
      ],
      embed_origins: ['https://shop.example', 'https://shop.example:8443', 'http://localhost:8080'],
    }
    expect(parse(env, JSON.stringify([whole]))).toMatchObject({ ok: true, settings: { merchants: [whole] } })
  })
  test.each<[string, string | undefined, RegExp]>([
    ['is not JSON', '{', /^MERCHANTS_FILE: /],
    ['is missing', undefined, /^MERCHANTS_FILE: /],
    ['is empty', '[]', /at least one/],
    [
      'lacks a secret',
      JSON.stringify([{ ...one, imp_secret: undefined }]),
      /^MERCHANTS_FILE: 0.imp_secret: must be text/,
    ],
    ['has a misspelt key', JSON.stringify([{ ...one, confrim: true }]), /confrim/],
    ['has a long tier', JSON.stringify([{ ...one, tiers: ['A001'] }]), /0.tiers.0: must be 3/],
    ['names a merchant twice', JSON.stringify([one, one]), /same user_code/],
    [
      'has a card form without terms',
      JSON.stringify([{ ...one, card_form: true, privacy_url: 'https://shop.example/p' }]),
      /0.card_form: needs terms_url and privacy_url/,
    ],
    [
      'has an events URL without a secret',
      JSON.stringify([{ ...one, events_url: 'https://e.example' }]),
      /0.events_url: needs events_secret/,
    ],
    [
      'has a key without its secret',
      JSON.stringify([{ ...one, portone_key: 'k' }]),
      /0.portone_key: and portone_secret belong/,
    ],
    [
      'has the same key of the global API twice',
      JSON.stringify(
        [1, 2].map((n) => ({
          ...one,
          user_code: `imp${n}`,
          imp_key: `k${n}`,
          portone_key: 'k',
          portone_secret: 's',
        })),
      ),
      /same portone_key/,
    ],
    [
      'maps a method to nothing',
      JSON.stringify([{ ...one, payment_methods: [{ payment_channel: 'A', payment_method: 'B' }] }]),
      /0.payment_methods.0: needs channelKey or pg/,
    ],
    [
      'allows framing by a page without TLS',
      JSON.stringify([{ ...one, embed_origins: ['http://shop.example'] }]),
      /0.embed_origins.0: must be an origin/,
    ],
    [
      'allows framing by everybody',
      JSON.stringify([{ ...one, embed_origins: ['https://*.example'] }]),
      /0.embed_origins.0: must be an origin/,
    ],
    [
      'has a path in an origin',
      JSON.stringify([{ ...one, embed_origins: ['https://shop.example/'] }]),
      /0.embed_origins.0: must be an origin/,
    ],
    [
      'has a weak secret for events',
      JSON.stringify([{ ...one, events_secret: 'weak' }]),
      /0.events_secret: must be whsec_/,
    ],
  ])('that %s is refused', (_, file, line) => {
    expect(problemsOf(env, file)).toMatch(line)
  })
  test('allows card forms on https and loopback pages only', () => {
    const links = { terms_url: 'https://s.example/t', privacy_url: 'https://s.example/p' }
    const file = JSON.stringify([{ ...one, card_form: true, ...links }])
    const at = (PUBLIC_URL: string) => problemsOf({ ...env, PUBLIC_URL }, file)
    expect(at('http://pay.shop.kr')).toMatch(/^PUBLIC_URL must be https/)
    expect(at('http://localhost.shop.kr')).toMatch(/^PUBLIC_URL must be https/)
    expect([at('https://pay.shop.kr'), at('http://localhost:3000')]).toEqual(['', ''])
  })
})

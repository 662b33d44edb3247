// Which settings start a sandbox, which a live server, and which neither.
import { describe, expect, test } from 'vitest'
import { type Env, parseSettings } from '../../../src/edge/config/settings.ts'

const secret = 'a secret of at least thirty-two characters'
const keys = { IMP_USER_CODE: 'imp1', IMP_KEY: 'k', IMP_SECRET: 's' }
const live = { ...keys, TOKEN_SECRET: secret, PUBLIC_URL: 'https://pay.example' }

const parse = (env: Env, hasSandbox = true) =>
  parseSettings(env, { randomSecret: 'r'.repeat(32), hasSandbox })

function settingsOf(env: Env) {
  const parsed = parse(env)
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.settings
}

function problemsOf(env: Env, hasSandbox?: boolean): string[] {
  const parsed = parse(env, hasSandbox)
  return parsed.ok ? [] : parsed.problems
}

describe('a server without a merchant is not a sandbox by accident:', () => {
  const withoutMerchant = { ...live, IMP_USER_CODE: undefined, IMP_KEY: undefined, IMP_SECRET: undefined }
  test.each<[string, Env, string]>([
    ['a public PUBLIC_URL', { PUBLIC_URL: 'https://pay.example' }, 'PUBLIC_URL is not an address of'],
    ['a public EDGE_URL', { EDGE_URL: 'https://edge.example' }, 'EDGE_URL is not an address of'],
    ['TOKEN_SECRET', { TOKEN_SECRET: secret }, 'TOKEN_SECRET is set'],
    ['TRUST_PROXY', { TRUST_PROXY: 'x-real-ip' }, 'TRUST_PROXY is set'],
    ['a mail server', { SMTP_URL: 'smtp://m', MAIL_FROM: 'a@b.kr' }, 'MAIL_FROM and SMTP_URL are set'],
    ['an SMS carrier', { SOLAPI_API_KEY: 'k' }, 'SOLAPI_API_KEY is set'],
    ['EVENTS_SECRET', { EVENTS_SECRET: secret }, 'EVENTS_SECRET is set'],
    ['PORTONE_SECRET', { PORTONE_SECRET: 's' }, 'PORTONE_SECRET is set'],
    ['an empty key', { IMP_KEY: '' }, 'IMP_KEY is empty'],
    ['an empty list of merchants', { MERCHANTS: ' ' }, 'MERCHANTS is empty'],
    ['SANDBOX=false', { SANDBOX: 'false' }, 'SANDBOX is false'],
    [
      'every setting of a live server but its merchant',
      withoutMerchant,
      'TOKEN_SECRET is set and PUBLIC_URL is not an address',
    ],
  ])('with %s, the error names what is missing and how to request a sandbox', (_, env, sign) => {
    const problems = problemsOf(env)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^IMP_USER_CODE, IMP_KEY and IMP_SECRET are missing, and /)
    expect(problems[0]).toContain(sign)
    expect(problems[0]).toContain('for a sandbox, where no money moves, set SANDBOX=true')
    expect(problems[0]).not.toContain(secret)
  })
  test.each<Env>([
    {},
    { PUBLIC_URL: 'http://localhost:8080' },
    { PUBLIC_URL: 'http://127.0.0.1:3000' },
    { PUBLIC_URL: 'http://192.168.0.7:3000', EDGE_URL: 'http://[::1]:3000' },
    { PUBLIC_URL: 'http://my-mac.local:3000', EVENTS_URL: 'http://localhost:4000' },
    { DATABASE_URL: 'postgres://db/dari', LOG_LEVEL: 'debug', METRICS_TOKEN: 'a token of some length' },
  ])('on a local address it is a sandbox: %j', (env) => {
    expect(settingsOf(env)).toMatchObject({ sandbox: true })
  })
  test('with SANDBOX=true it is a sandbox at any address', () => {
    expect(settingsOf({ ...withoutMerchant, TRUST_PROXY: 'x-real-ip', SANDBOX: 'true' })).toMatchObject({
      sandbox: true,
      publicUrl: 'https://pay.example',
      tokenSecret: secret,
    })
  })
  test('SANDBOX=true is refused beside a configured merchant', () => {
    expect(problemsOf({ ...live, SANDBOX: 'true' })).toEqual([
      'SANDBOX=true has a merchant of its own: remove it, or IMP_USER_CODE, IMP_KEY and IMP_SECRET',
    ])
    expect(problemsOf({ MERCHANTS: '[]', SANDBOX: 'true' })).toEqual([
      'SANDBOX=true has a merchant of its own: remove it, or MERCHANTS',
    ])
  })
  test('a deployed worker cannot start a sandbox', () => {
    expect(problemsOf({ SANDBOX: 'true' }, false)).toEqual([expect.stringMatching(/^SANDBOX: there is no/)])
    expect(problemsOf({}, false)).toEqual([expect.stringMatching(/^no merchant is set: IMP_USER_CODE, /)])
  })
})

describe('a sandbox does not sign with a live server’s secrets:', () => {
  const asked = { SANDBOX: 'true', EVENTS_URL: 'http://localhost:9/' }
  test('it does not sign events with EVENTS_SECRET', () => {
    const { merchants, unusedSettings } = settingsOf({ ...asked, EVENTS_SECRET: secret })
    expect(merchants[0]?.events_secret).toBeUndefined()
    expect(unusedSettings).toEqual(['EVENTS_SECRET'])
  })
  test('it signs events with SANDBOX_EVENTS_SECRET, which must differ', () => {
    const other = 'another secret, of a sandbox'
    const env = { ...asked, EVENTS_SECRET: secret, SANDBOX_EVENTS_SECRET: other }
    expect(settingsOf(env)).toMatchObject({ merchants: [{ events_secret: other }] })
    expect(problemsOf({ ...env, SANDBOX_EVENTS_SECRET: secret })).toEqual([
      expect.stringMatching(/^SANDBOX_EVENTS_SECRET must not be EVENTS_SECRET/),
    ])
  })
  test('it does not sign webhooks and redirects of the global API with PORTONE_SECRET', () => {
    const env = {
      SANDBOX: 'true',
      PORTONE_KEY: 'live',
      PORTONE_SECRET: 'live',
      PORTONE_WEBHOOK_URL: 'http://w/',
    }
    expect(settingsOf(env)).toMatchObject({
      merchants: [{ portone_key: 'sandbox', portone_secret: 'sandbox', webhook_url: 'http://w/' }],
      unusedSettings: ['PORTONE_KEY', 'PORTONE_SECRET'],
    })
  })
})

describe('private addresses', () => {
  test.each<[Env, { eventsAllowPrivate: boolean; apiIsLoopbackOnly: boolean }]>([
    [{}, { eventsAllowPrivate: true, apiIsLoopbackOnly: true }],
    [{ HOST: '127.0.0.1' }, { eventsAllowPrivate: true, apiIsLoopbackOnly: true }],
    [{ HOST: '192.168.0.7' }, { eventsAllowPrivate: false, apiIsLoopbackOnly: false }],
    [{ SANDBOX: 'true' }, { eventsAllowPrivate: false, apiIsLoopbackOnly: false }],
    [{ EVENTS_ALLOW_PRIVATE: 'true' }, { eventsAllowPrivate: true, apiIsLoopbackOnly: false }],
    [{ EVENTS_ALLOW_PRIVATE: 'false' }, { eventsAllowPrivate: false, apiIsLoopbackOnly: false }],
    [live, { eventsAllowPrivate: false, apiIsLoopbackOnly: false }],
  ])('are reachable by default only if the API is bound to loopback: %j', (env, expected) => {
    expect(settingsOf(env)).toMatchObject(expected)
  })
})

describe('LINK_AUTH=open', () => {
  const open = { ...live, LINK_AUTH: 'open' }
  test('is refused at a public address without LINK_AUTH_OPEN_TO_ALL', () => {
    expect(problemsOf(open)).toEqual([
      expect.stringMatching(/^LINK_AUTH=open lets everybody .* LINK_AUTH_OPEN_TO_ALL=true/),
    ])
    expect(problemsOf({ ...open, LINK_AUTH_OPEN_TO_ALL: 'false' })).toHaveLength(1)
    expect(problemsOf({ ...open, LINK_AUTH_OPEN_TO_ALL: 'true' })).toEqual([])
  })
  test('is allowed at a private address', () => {
    const at = { PUBLIC_URL: 'http://10.0.0.7:3000' }
    expect(problemsOf({ ...open, ...at })).toEqual([])
    expect(problemsOf({ ...open, ...at, EDGE_URL: 'https://edge.example' })).toHaveLength(1)
  })
  test('is refused with card_form, even with LINK_AUTH_OPEN_TO_ALL', () => {
    const links = { terms_url: 'https://s.example/t', privacy_url: 'https://s.example/p' }
    const merchant = { user_code: 'imp1', imp_key: 'k', imp_secret: 's', card_form: true, ...links }
    const env = { TOKEN_SECRET: secret, MERCHANTS: JSON.stringify([merchant]) }
    expect(problemsOf(env)).toEqual([])
    expect(problemsOf({ ...env, LINK_AUTH: 'open', LINK_AUTH_OPEN_TO_ALL: 'true' })).toEqual([
      expect.stringMatching(/^LINK_AUTH must be required where a merchant has card_form/),
    ])
  })
  test('is allowed in a sandbox, where no money moves', () => {
    expect(problemsOf({ SANDBOX: 'true', PUBLIC_URL: 'https://pay.example', LINK_AUTH: 'open' })).toEqual([])
  })
})

describe('a live server', () => {
  const mail = { MAIL_FROM: 'a@b.kr', MAIL_API_KEY: 'k' }
  const sms = { SOLAPI_API_KEY: 'k', SOLAPI_API_SECRET: 's', SMS_FROM: '02-123-4567' }
  test.each<[string, Env]>([
    ['PUBLIC_URL', { PUBLIC_URL: 'http://pay.example' }],
    ['EDGE_URL', { EDGE_URL: 'http://edge.example' }],
    ['IAMPORT_API_URL', { IAMPORT_API_URL: 'http://api.example' }],
    ['IAMPORT_API_URL', { IAMPORT_API_URL: 'http://192.168.0.7' }],
    ['IAMPORT_SDK_URL', { IAMPORT_SDK_URL: 'http://cdn.example/i.js' }],
    ['MAIL_API_URL', { ...mail, MAIL_API_URL: 'http://mail.example' }],
    ['SOLAPI_API_URL', { ...sms, SOLAPI_API_URL: 'http://sms.example' }],
  ])('does not start with a public address over http: %s', (name, env) => {
    expect(problemsOf({ ...live, ...env })).toEqual([
      expect.stringMatching(new RegExp(`^${name} must be https: `)),
    ])
  })
  test.each<Env>([
    { PUBLIC_URL: 'http://localhost:3000' },
    { PUBLIC_URL: 'http://192.168.0.7:3000', EDGE_URL: 'http://10.0.0.1' },
    { IAMPORT_API_URL: 'http://localhost:9/api', IAMPORT_SDK_URL: 'http://127.0.0.1:9/i.js' },
    { IAMPORT_SDK_URL: '/own/iamport.js' },
    { ...mail, MAIL_API_URL: 'http://[::1]:9' },
    { ...sms, SOLAPI_API_URL: 'http://localhost:9' },
  ])('may use http for local addresses: %j', (env) => {
    expect(problemsOf({ ...live, ...env })).toEqual([])
  })
})

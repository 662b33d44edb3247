import { describe, expect, test } from 'vitest'
import { createRateLimiter } from '../../../src/edge/hosts/rate-limiter.ts'
import { pageHeaders } from '../../../src/edge/http/middleware/security-headers.ts'
import type { Metrics } from '../../../src/edge/platform/observability/metrics.ts'
import { noMetrics } from '../../../src/edge/platform/observability/metrics.ts'
import { byForm, inWindow, openCardsShop } from '../support/cards-shop.ts'
import { openShop, settingsOf } from '../support/shop.ts'

async function policyOf(env: Record<string, string> = {}) {
  const { headers } = await openShop({ env }).send('GET', '/x')
  const parts = (headers.get('content-security-policy') ?? '').split('; ').map((part) => part.split(' '))
  return {
    headers,
    policy: Object.fromEntries(parts.map(([name = '', ...sources]) => [name, sources])) as Record<
      string,
      string[]
    >,
  }
}

describe('the page’s CSP', () => {
  test('allows scripts from listed hosts only, and no eval', async () => {
    const { policy } = await policyOf()
    expect(policy['script-src']).toEqual([
      "'sha256-abc'",
      "'self'",
      'https://cdn.iamport.kr',
      'https://cdn.portone.io',
      'https://js.tosspayments.com',
    ])
    expect(policy['require-trusted-types-for']).toEqual(["'script'"])
    for (const [name, sources] of Object.entries(policy))
      if (name !== 'style-src') expect(sources, name).not.toContain("'unsafe-inline'")
  })
  test('allows the configured hosts of the SDK', async () => {
    const { policy } = await policyOf({
      CSP_SCRIPT_HOSTS: 'https://cdn.iamport.kr, https://cdn.example',
      CSP_CONNECT_HOSTS: 'https://*.example',
      CSP_FRAME_HOSTS: 'https://pay.example',
      CSP_FORM_HOSTS: 'https://pay.example https://card.example',
    })
    expect(policy).toMatchObject({
      'script-src': ["'sha256-abc'", "'self'", 'https://cdn.iamport.kr', 'https://cdn.example'],
      'connect-src': ["'self'", 'https://cdn.iamport.kr', 'https://*.example'],
      'frame-src': ["'self'", 'https://cdn.iamport.kr', 'https://pay.example'],
      'form-action': ["'self'", 'https://cdn.iamport.kr', 'https://pay.example', 'https://card.example'],
    })
  })
  test('can report Trusted Types violations before enforcing them', async () => {
    const { policy, headers } = await policyOf({ TRUSTED_TYPES: 'report' })
    expect(policy['require-trusted-types-for']).toBeUndefined()
    expect(headers.get('content-security-policy-report-only')).toBe(
      "require-trusted-types-for 'script'; report-uri /csp-reports; report-to csp",
    )
  })
  test('sends violation reports to the edge', async () => {
    const { policy, headers } = await policyOf()
    expect(policy['report-uri']).toEqual(['/csp-reports'])
    expect(policy['report-to']).toEqual(['csp'])
    expect(headers.get('reporting-endpoints')).toBe('csp="/csp-reports"')
    const plain = await policyOf({ PUBLIC_URL: 'http://localhost:3000' })
    expect(plain.policy['report-uri']).toEqual(['/csp-reports'])
    expect(plain.policy['report-to']).toBeUndefined()
  })
  test('forbids framing, and the Referrer-Policy hides the path', async () => {
    const { headers, policy } = await policyOf()
    expect(policy['frame-ancestors']).toEqual(["'none'"])
    expect(Object.fromEntries(headers)).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'strict-origin',
      'x-content-type-options': 'nosniff',
    })
  })
})

describe('Cross-Origin-Opener-Policy', () => {
  const policyAt = async ({ send }: Pick<ReturnType<typeof openShop>, 'send'>, path: string) =>
    (await send('GET', path)).headers.get('cross-origin-opener-policy')

  test('does not separate WebKit’s payment page from its gateway’s popup', async () => {
    const shop = openCardsShop()
    const bill = await shop.makeLink()
    expect(await policyAt(shop, `/${bill}`)).toBeNull()
    expect(await policyAt(shop, `/${bill}/return`)).toBeNull()
    const registration = await shop.makeLink({ ...inWindow, merchant_uid: 'order-2' })
    expect(await policyAt(shop, `/${registration}`)).toBeNull()
  })
  test('isolates a page on which no payment window opens', async () => {
    const shop = openCardsShop()
    expect(await policyAt(shop, '/x')).toBe('same-origin')
    expect(await policyAt(shop, `/${await shop.makeLink(byForm)}`)).toBe('same-origin')
  })
})

describe('frame-ancestors', () => {
  const ancestorsFor = (origins?: readonly string[]) =>
    /frame-ancestors ([^;]*)/.exec(
      pageHeaders(settingsOf(), [], { framedBy: origins })['content-security-policy'] ?? '',
    )?.[1]

  test("is 'none' unless the link’s merchant allows an origin", () => {
    expect(ancestorsFor()).toBe("'none'")
    expect(ancestorsFor([])).toBe("'none'")
  })
  test('lists exactly the merchant’s origins', () => {
    expect(ancestorsFor(['https://shop.example', 'http://localhost:4000', 'http://[::1]:4000'])).toBe(
      'https://shop.example http://localhost:4000 http://[::1]:4000',
    )
  })
  test.each([
    '*',
    'https:',
    "'self'",
    'https://*.example',
    'https://shop.example/path',
    'https://shop.example/',
    'https://shop.example; script-src *',
    'https://shop.example https://evil.example',
    'HTTPS://SHOP.EXAMPLE',
    'https://shop.example:port',
    'javascript:alert(1)',
    '',
  ])('ignores an invalid origin: %s', (origin) => {
    expect(ancestorsFor([origin])).toBe("'none'")
    expect(ancestorsFor([origin, 'https://shop.example'])).toBe('https://shop.example')
  })
})

describe('HTTPS', () => {
  test('is required by HSTS on every response where the page uses it', async () => {
    const shop = openShop()
    for (const path of ['/x', '/links/x', '/healthz', '/docs', '/api/supplements/v1/link/payment'])
      expect((await shop.send('GET', path)).headers.get('strict-transport-security'), path).toBe(
        'max-age=31536000',
      )
  })
  test('is not required by HSTS where the page does not use it', async () => {
    const shop = openShop({ env: { PUBLIC_URL: 'http://localhost:3000' } })
    expect((await shop.send('GET', '/x')).headers.get('strict-transport-security')).toBeNull()
  })
})

describe('CSP violation reports', () => {
  function openReportedShop() {
    const counted: string[] = []
    const metrics: Metrics = { ...noMetrics, reported: (directive) => counted.push(directive) }
    const shop = openShop({ parts: { metrics, rateLimiter: createRateLimiter() } })
    const report = (body: unknown, type = 'application/csp-report') =>
      shop.send('POST', '/csp-reports', body, { 'content-type': type })
    const violations = () => shop.log.filter(({ event }) => event === 'csp.violation')
    return { ...shop, counted, report, violations }
  }
  const old = {
    'csp-report': {
      'document-uri': 'https://pay.example/0123456789abcdefgh?imp_uid=imp_secret',
      'effective-directive': 'script-src-elem',
      'blocked-uri': 'https://evil.example/steal.js?name=hong',
      'script-sample': 'hong@example.com',
    },
  }
  test('are counted, and logged without path, query or sample', async () => {
    const shop = openReportedShop()
    expect((await shop.report(old)).status).toBe(204)
    expect(shop.counted).toEqual(['script-src-elem'])
    expect(shop.violations()).toEqual([
      {
        event: 'csp.violation',
        directive: 'script-src-elem',
        blocked: 'https://evil.example',
        enforced: true,
        setting: 'CSP_SCRIPT_HOSTS',
      },
    ])
  })
  test.each([
    ['script-src-elem', 'https://pay.gateway.example:9443/js/x.js', 'CSP_SCRIPT_HOSTS'],
    ['connect-src', 'https://api.gateway.example/x', 'CSP_CONNECT_HOSTS'],
    ['frame-src', 'https://pay.gateway.example/x', 'CSP_FRAME_HOSTS'],
    ['form-action', 'https://pay.gateway.example/x', 'CSP_FORM_HOSTS'],
    ['script-src', 'eval', 'CSP_EVAL_GATEWAYS'],
    ['require-trusted-types-for', 'trusted-types-sink', 'CSP_EVAL_GATEWAYS'],
    ['script-src-elem', 'inline', undefined],
    ['script-src-elem', 'data', undefined],
    ['font-src', 'https://fonts.gateway.example/x', undefined],
  ])('name the setting to change: %s and %s', async (directive, blocked, setting) => {
    const shop = openReportedShop()
    await shop.report({ 'csp-report': { 'effective-directive': directive, 'blocked-uri': blocked } })
    expect(shop.violations()[0]?.setting).toBe(setting)
  })
  test('are accepted in the newer format, several at once', async () => {
    const shop = openReportedShop()
    const one = {
      type: 'csp-violation',
      url: 'https://pay.example/x',
      body: { effectiveDirective: 'connect-src', blockedURL: 'inline' },
    }
    const answer = await shop.report(
      [one, { type: 'deprecation', body: {} }, one],
      'application/reports+json',
    )
    expect(answer.status).toBe(204)
    expect(shop.counted).toEqual(['connect-src', 'connect-src'])
  })
  test.each([
    ['an empty body', ''],
    ['a body that is not JSON', '<html>'],
    ['an unknown format', [{ type: 'csp-violation', body: 'x' }]],
    ['a large body', `"${'x'.repeat(70_000)}"`],
  ])('with invalid content are ignored: %s', async (_, body) => {
    const shop = openReportedShop()
    expect((await shop.report(body)).status).toBe(204)
    expect(shop.counted).toEqual([])
  })
  test('create no metrics label from input, and cannot flood the log', async () => {
    const shop = openReportedShop()
    await shop.report({
      'csp-report': { 'effective-directive': 'made-up', 'blocked-uri': 'data:text/html,hong' },
    })
    expect(shop.violations()).toMatchObject([{ directive: 'other', blocked: 'data:' }])
    const many = Array.from({ length: 500 }, () => ({
      type: 'csp-violation',
      body: { effectiveDirective: 'img-src' },
    }))
    await shop.report(many, 'application/reports+json')
    expect(shop.counted).toHaveLength(21)
    for (let n = 0; n < 28; n++) await shop.report(old)
    expect((await shop.report(old)).status).toBe(429)
  })
})

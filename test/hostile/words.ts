// Hostile values. Each holds a marker, so that a reflection is found.
import type { Chance } from '../support/random.ts'

export const marker = '<script>alert("m4rk3r")</script>'

/** Forms in which the marker would run if a page held it unescaped. */
export const harm = /<script>alert\("?m4rk3r|<img src=m4rk3r|m4rk3r"\s*onload=|javascript:alert\(m4rk3r/i

const texts = [
  marker,
  `"><img src=m4rk3r onerror=alert(1)>`,
  `m4rk3r" onload="alert(1)`,
  `</script>${marker}`,
  `</title></style>${marker}`,
  `javascript:alert(m4rk3r)`,
  `m4rk3r\r\nset-cookie: m4rk3r=1`,
  `m4rk3r'; DROP TABLE links; --`,
  `m4rk3r' OR '1'='1`,
  `../../../../etc/passwd`,
  `..%2f..%2f..%2fm4rk3r`,
  `m4rk3r\0`,
  `\u202em4rk3r\u2066`,
  `\ud800 m4rk3r`,
  '👩‍👩‍👧‍👦'.repeat(200),
  '\uffff\ufeff',
  'A'.repeat(70_000),
  '__proto__',
  'constructor',
  '{{7*7}}#{7*7}',
  '%00%ff%fe%%%',
  '',
  ' ',
  '-1',
  '1e309',
  'NaN',
  '0x10',
  '9'.repeat(400),
  'imp_000000000000',
] as const

export const hostileText = ({ pick }: Chance): string => pick(texts)

const scalars: unknown[] = [null, true, false, 0, -1, 1.5, 1e300, -0, 2 ** 53, Number.MIN_VALUE]

/** Random JSON, a few levels deep; rarely very deep or very wide. */
export function hostileValue(chance: Chance, depth = 3): unknown {
  const { below, pick } = chance
  const kind = below(depth > 0 ? 12 : 6)
  if (kind < 4) return hostileText(chance)
  if (kind < 6) return pick(scalars)
  if (kind < 8) return Array.from({ length: below(6) }, () => hostileValue(chance, depth - 1))
  if (kind === 8 && below(12) === 0) return deep(1_500)
  if (kind === 9 && below(12) === 0) return Array.from({ length: 5_000 }, () => 0)
  return Object.fromEntries(
    Array.from({ length: below(6) }, () => [pick(names), hostileValue(chance, depth - 1)]),
  )
}

function deep(levels: number): unknown {
  let value: unknown = marker
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { custom_data: value }
  return value
}

/** Every parameter name that the edge reads, and a few dangerous ones. */
export const names = [
  ...['imp_uid', 'merchant_uid', 'status', 'method', 'language', 'amount', 'currency', 'title', 'name'],
  ...['imp_key', 'imp_secret', 'payment_info', 'expired_at', 'expire_at', 'pay_methods', 'direct', 'label'],
  ...['custom_data', 'notice_url', 'user_code', 'tax_free', 'buyer_tel', 'buyer_name', 'display_language'],
  ...[
    'cursor',
    'limit',
    'lang',
    'created_from',
    'imp_success',
    'error_msg',
    'type',
    'id',
    'csp-report',
    '_token',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'm4rk3r"><script>', 'reason'],
] as const

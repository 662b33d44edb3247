// Upstream's table and samples name it `expired_at`, its text once `expire_at`: accepts both.
import { z } from 'zod'
import type { FieldError } from '../../domain/field-error.ts'
import { isEmpty } from '../../http/request/drop-empty.ts'

const yearMs = 366 * 24 * 60 * 60 * 1000

export const expirySchema = z
  .union([z.number(), z.string()])
  .meta({ description: 'Unix seconds, or ISO 8601 with a zone', example: '2030-01-31T23:59:59+09:00' })

/** @returns unix milliseconds */
export function readExpiry(
  body: Record<string, unknown>,
  inner: Record<string, unknown>,
  now: number,
): { ok: true; at: number } | { ok: false; problem: FieldError } {
  const given = [body, inner].flatMap((place) =>
    ['expired_at', 'expire_at']
      .filter((name) => !isEmpty(place[name]))
      .map((name) => ({ name, value: place[name] })),
  )[0]
  const refuse = (message: string) => ({
    ok: false as const,
    problem: { path: given?.name ?? 'expired_at', message: `${given?.name ?? 'expired_at'} ${message}` },
  })
  if (!given) return refuse('is required')
  const at = readTime(given.value)
  if (at === undefined) return refuse('must be unix seconds or an ISO 8601 time with a zone')
  if (at <= now) return refuse('must be in the future')
  if (at > now + yearMs) return refuse('must be at most one year away')
  return { ok: true, at }
}

const iso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i

/** @returns unix milliseconds; undefined unless it is a time with a zone */
export function readTime(value: unknown): number | undefined {
  if (typeof value === 'string' && iso.test(value.trim())) {
    const at = Date.parse(value.trim().replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
    return Number.isNaN(at) ? undefined : at
  }
  const seconds = typeof value === 'string' && /^\d{1,12}(\.\d+)?$/.test(value.trim()) ? Number(value) : value
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return undefined
  return Math.floor(seconds) * 1000
}

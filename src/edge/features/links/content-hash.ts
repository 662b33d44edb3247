import type { AppDeps } from '../../context.ts'
import type { LinkContent } from '../../domain/links/link.ts'
import { toBytes } from '../../platform/encoding.ts'
import { sha256 } from '../../platform/sha-256.ts'

/**
 * SHA-256 over the normalised content; equal requests have equal hashes, whatever the order of their keys.
 * @param extra further parts of the request to include
 */
export function hashContent(
  content: LinkContent,
  digest: NonNullable<AppDeps['digest']> = (text) => sha256(toBytes(text)),
  extra: object = {},
): string | Promise<string> {
  const { custom_data, ...rest } = content
  const data: unknown = custom_data === null ? null : JSON.parse(custom_data)
  return digest(JSON.stringify(sorted({ ...rest, custom_data: data, ...extra })))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]))
}

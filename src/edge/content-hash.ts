import type { AppDeps } from './deps.ts'
import type { LinkContent } from './link.ts'

/**
 * SHA-256 over the normalised content, whatever the order of the keys: equal wishes have equal hashes.
 * @param beyond what else was wished for
 */
export function hashContent(
  content: LinkContent,
  digest: NonNullable<AppDeps['digest']> = digestAnywhere,
  beyond: object = {},
): string | Promise<string> {
  const { custom_data, ...rest } = content
  const data: unknown = custom_data === null ? null : JSON.parse(custom_data)
  return digest(JSON.stringify(sorted({ ...rest, custom_data: data, ...beyond })))
}

async function digestAnywhere(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, field]) => [key, sorted(field)]))
}

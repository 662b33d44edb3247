// A merchant's logo: fetched when the link is created, checked and saved, so that the customer's browser loads it from
// the edge.
import type { AppDeps } from '../context.ts'
import { rejectionReason } from '../platform/network/safe-fetch.ts'
import { readLimited } from '../platform/read-limited.ts'
import { sha256 } from '../platform/sha-256.ts'
import type { KnownLogo } from '../store/links/logos.ts'
import type { Store } from '../store/store.ts'
import { checkImage, maxBytes } from './request/check-image.ts'

type LogoDeps = Pick<AppDeps, 'safeFetch' | 'now'> & { store: Store }

export type SavedLogo =
  | {
      ok: true
      /** Id of the saved logo: see `logoPath`. */
      id: string
    }
  /** `why` follows the field's name in a sentence. */
  | { ok: false; why: string }

/** Short, because the merchant's request waits for it. */
const timeoutMs = 5_000
/** How long a fetched URL is not fetched again: shops send the same one with every order. */
const sameForMs = 60 * 60 * 1000

/**
 * @param url as the merchant sent it
 * @param until end of the link; the logo stays RETENTION_DAYS longer
 */
export async function saveLogo(
  { safeFetch, now, store }: LogoDeps,
  url: string,
  until: number,
): Promise<SavedLogo> {
  const known = await store.findLogo(url)
  if (known && known.fetched_at > now() - sameForMs) return reuse(store, known, until)
  const fetched = await fetchLogo(safeFetch, url)
  if ('why' in fetched) {
    // If the logo's server is unavailable, an already saved logo is used.
    return known && fetched.isUnavailable ? reuse(store, known, until) : { ok: false, why: fetched.why }
  }
  const checked = checkImage(fetched.bytes)
  if (!checked.ok) return checked
  const hash = await sha256(fetched.bytes)
  await store.insertLogo({ hash, ...checked.picture, bytes: fetched.bytes, url, fetched_at: now(), until })
  return { ok: true, id: idOf({ hash, ...checked.picture }) }
}

/** Path at which the edge serves it. */
export const logoPath = (id: string) => `/logos/${id}`

/** Contains the size, so that the page can reserve the space. */
const idOf = ({ hash, width, height }: { hash: string; width: number; height: number }) =>
  `${hash}-${width}x${height}`

async function reuse(store: Store, known: KnownLogo, until: number): Promise<SavedLogo> {
  await store.extendLogo(known.hash, until)
  return { ok: true, id: idOf(known) }
}

type FetchResult = { bytes: Uint8Array<ArrayBuffer> } | { why: string; isUnavailable: boolean }

async function fetchLogo(safeFetch: typeof fetch, url: string): Promise<FetchResult> {
  try {
    const response = await safeFetch(url, {
      headers: { accept: 'image/png, image/jpeg, image/webp', 'user-agent': 'Dari' },
      redirect: 'manual',
      // Covers the body, too, against slow responses.
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      const isUnavailable = response.status >= 500 || response.status === 429
      return {
        why: `could not be fetched: HTTP ${response.status}${redirected(response.status)}`,
        isUnavailable,
      }
    }
    const bytes = await readLimited(response, maxBytes)
    return bytes ? { bytes } : { why: `must be at most ${maxBytes / 1024} KiB`, isUnavailable: false }
  } catch (error) {
    return { why: `could not be fetched: ${rejectionReason(error)}`, isUnavailable: true }
  }
}

const redirected = (status: number) =>
  status >= 300 && status < 400
    ? ', and redirects are not followed: name the address of the picture itself'
    : ''

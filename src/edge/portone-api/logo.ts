// A merchant's logo: fetched while the link is made, checked, and kept, so that the customer's browser asks us
// for it and nobody else.
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
      /** Names the edge's copy: see `logoPath`. */
      id: string
    }
  /** `why` completes a sentence that begins with the name of the field. */
  | { ok: false; why: string }

/** The merchant's server waits for it, and for its link. */
const timeoutMs = 5_000
/** For so long the same address is taken to hold the same picture: a shop names it in every order. */
const sameForMs = 60 * 60 * 1000

/**
 * @param url as the merchant posted it
 * @param until when the link that shows it ends; the logo is kept RETENTION_DAYS longer
 */
export async function saveLogo(
  { safeFetch, now, store }: LogoDeps,
  url: string,
  until: number,
): Promise<SavedLogo> {
  const known = await store.findLogo(url)
  if (known && known.fetched_at > now() - sameForMs) return use(store, known, until)
  const fetched = await fetchLogo(safeFetch, url)
  if ('why' in fetched) {
    // A server of pictures that is away does not stop a shop whose logo we have.
    return known && fetched.away ? use(store, known, until) : { ok: false, why: fetched.why }
  }
  const judged = checkImage(fetched.bytes)
  if (!judged.ok) return judged
  const hash = await sha256(fetched.bytes)
  await store.keepLogo({ hash, ...judged.picture, bytes: fetched.bytes, url, fetched_at: now(), until })
  return { ok: true, id: idOf({ hash, ...judged.picture }) }
}

/** Where the edge hands it out. */
export const logoPath = (id: string) => `/logos/${id}`

/** The size stands in it, so that the page can keep the place free before the picture is there. */
const idOf = ({ hash, width, height }: { hash: string; width: number; height: number }) =>
  `${hash}-${width}x${height}`

async function use(store: Store, known: KnownLogo, until: number): Promise<SavedLogo> {
  await store.keepLogoUntil(known.hash, until)
  return { ok: true, id: idOf(known) }
}

type Fetched = { bytes: Uint8Array<ArrayBuffer> } | { why: string; away: boolean }

async function fetchLogo(safeFetch: typeof fetch, url: string): Promise<Fetched> {
  try {
    const response = await safeFetch(url, {
      headers: { accept: 'image/png, image/jpeg, image/webp', 'user-agent': 'Dari' },
      redirect: 'manual',
      // Of the whole answer: one that comes a byte at a time is cut, too.
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      const away = response.status >= 500 || response.status === 429
      return { why: `could not be fetched: HTTP ${response.status}${redirected(response.status)}`, away }
    }
    const bytes = await readLimited(response, maxBytes)
    return bytes ? { bytes } : { why: `must be at most ${maxBytes / 1024} KiB`, away: false }
  } catch (error) {
    return { why: `could not be fetched: ${rejectionReason(error)}`, away: true }
  }
}

const redirected = (status: number) =>
  status >= 300 && status < 400
    ? ', and redirects are not followed: name the address of the picture itself'
    : ''

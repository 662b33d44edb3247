// What may be kept by whom. Whatever says nothing of it is kept by nobody (page-headers.ts); README.md says why.
import { isLinkId } from '../../../contract/links/link-id.ts'

/** Holds an order, depends on the moment, or is an error. A gateway's way back finds the link as it is. */
export const NO_STORE = 'no-store'

/** Its name changes with it. */
export const CACHE_FOREVER = 'public, max-age=31536000, immutable'

/** The same for everybody, under a name that stays. */
export const CACHE_ONE_DAY = 'public, max-age=86400'

/** Changes with an update of Dari, and is small. */
export const REVALIDATE = 'no-cache'

/**
 * An id of our own random form that is unknown stays so, whoever asks: a shared cache takes a storm of it. Any
 * other address may be a link in a second, because merchants choose references of their own.
 */
export const cacheUnknown = (id: string): string => (isLinkId(id) ? 'public, max-age=5' : NO_STORE)

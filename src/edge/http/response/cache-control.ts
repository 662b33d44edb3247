// Values of Cache-Control. The default is NO_STORE, set for every response by `commonHeaders`.
import { isLinkId } from '../../../contract/links/link-id.ts'

/** For links, errors and anything that depends on the moment. */
export const NO_STORE = 'no-store'

/** For files whose name changes with their content. */
export const CACHE_FOREVER = 'public, max-age=31536000, immutable'

/** For public files whose name stays. */
export const CACHE_ONE_DAY = 'public, max-age=86400'

/** For small files that change with an update of Dari. */
export const REVALIDATE = 'no-cache'

/**
 * Cache-Control of a 404: random ids that are unknown stay so, which lets a shared cache absorb repeated requests. Any other path
 * may become a link at any time, because merchants choose their own references.
 */
export const cacheUnknown = (id: string): string => (isLinkId(id) ? 'public, max-age=5' : NO_STORE)

import type { Bill } from '../../contract/links/link-view.ts'
import { Glyph } from '../components/elements/glyph.tsx'
import { usePage } from '../components/page-context.ts'
import type { Model } from '../flow/model.ts'
import { hostOf } from './onward-url.ts'
import { useTranslateExtra } from './translate-extra.ts'
import { useFrame } from './use-frame.ts'

const heightPx = 32
const maxWidthPx = 96

const edgeBase = import.meta.env.VITE_EDGE_URL ?? ''

/** States in which leaving the page loses nothing. */
const mayLeave: readonly Model['at'][] = [
  'open',
  'declined',
  'cancelled',
  'rejected',
  'paid_elsewhere',
  'settled',
]

/** Seller's name and logo, linked to their site if the merchant gave a URL. */
export function Seller({ bill, at }: { bill: Bill; at: Model['at'] }) {
  const { label } = usePage().locale
  const t = useTranslateExtra()
  const frame = useFrame()
  const { seller, back_url, onward_url } = bill.extras ?? {}
  const sellerName = seller?.name ?? (bill.merchant.name && label(bill.merchant.name))
  // Omitted if the bill's heading says the same.
  const name = at === 'open' && sellerName === bill.title ? '' : sellerName
  // One link out of each screen is enough.
  const hasBackLink = mayLeave.includes(at) && (at === 'open' || !onward_url) && frame === 'none'
  const host = hasBackLink ? hostOf(back_url) : null
  const content = (
    <>
      {host && <Glyph name="back" />}
      {seller?.logo && <Logo path={seller.logo} />}
      <span>
        {name}
        {host && (
          <>
            <small aria-hidden="true">{host}</small>
            <span class="unseen">{t('extras.back', { host })}</span>
          </>
        )}
      </span>
    </>
  )
  return host && back_url ? (
    <a class="merchant seller" href={back_url}>
      {content}
    </a>
  ) : (
    <span class="merchant seller">{content}</span>
  )
}

/** The path contains the size, which reserves the space. */
function Logo({ path }: { path: string }) {
  const [, width, height] = /-(\d+)x(\d+)$/.exec(path) ?? []
  const widthPx = width && height ? Math.round((Number(width) / Number(height)) * heightPx) : heightPx
  return (
    <img src={edgeBase + path} width={Math.min(Math.max(widthPx, 8), maxWidthPx)} height={heightPx} alt="" />
  )
}

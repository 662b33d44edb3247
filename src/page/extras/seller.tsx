import type { Bill } from '../../contract/links/link-view.ts'
import { Glyph } from '../components/elements/glyph.tsx'
import { usePage } from '../components/page-context.ts'
import type { Model } from '../flow/model.ts'
import { useSayExtra } from './say.ts'
import { useFrame } from './use-frame.ts'
import { hostOf } from './where.ts'

const heightPx = 32
const mostWidthPx = 96

const edgeBase = import.meta.env.VITE_EDGE_URL ?? ''

/** Where leaving loses nothing: not over a window, nor while nobody knows what came of it. */
const mayLeave: readonly Model['at'][] = [
  'open',
  'declined',
  'cancelled',
  'rejected',
  'paid_elsewhere',
  'settled',
]

/** Who gets the money, by name and logo, and the way back to their site where the merchant gave one. */
export function Seller({ bill, at }: { bill: Bill; at: Model['at'] }) {
  const { label } = usePage().reader
  const say = useSayExtra()
  const frame = useFrame()
  const { seller, back_url, onward_url } = bill.extras ?? {}
  const known = seller?.name ?? (bill.merchant.name && label(bill.merchant.name))
  // Said once is enough where it is the bill's heading.
  const name = at === 'open' && known === bill.title ? '' : known
  // Two ways out of one screen would be one too many.
  const hasWay = mayLeave.includes(at) && (at === 'open' || !onward_url) && frame === 'none'
  const host = hasWay ? hostOf(back_url) : null
  const shown = (
    <>
      {host && <Glyph name="back" />}
      {seller?.logo && <Logo path={seller.logo} />}
      <span>
        {name}
        {host && (
          <>
            <small aria-hidden="true">{host}</small>
            <span class="unseen">{say('extras.back', { host })}</span>
          </>
        )}
      </span>
    </>
  )
  return host && back_url ? (
    <a class="merchant seller" href={back_url}>
      {shown}
    </a>
  ) : (
    <span class="merchant seller">{shown}</span>
  )
}

/** Its place is kept free: the path says how large the picture is. */
function Logo({ path }: { path: string }) {
  const [, width, height] = /-(\d+)x(\d+)$/.exec(path) ?? []
  const widthPx = width && height ? Math.round((Number(width) / Number(height)) * heightPx) : heightPx
  return (
    <img src={edgeBase + path} width={Math.min(Math.max(widthPx, 8), mostWidthPx)} height={heightPx} alt="" />
  )
}

import type { Method } from '../../../contract/links/link-view.ts'
import { Glyph, type GlyphName } from '../elements/glyph.tsx'

/** Brand colour and a letter instead of the company's logo. */
const wallets = new Map<string, readonly [letter: string, background: string, ink: string]>(
  Object.entries({
    kakaopay: ['K', '#fae100', '#191600'],
    naverpay: ['N', '#03c75a', '#00210f'],
    payco: ['P', '#c9151e', '#fff'],
    tosspay: ['T', '#0050d8', '#fff'],
    toss_brandpay: ['T', '#0050d8', '#fff'],
    samsungpay: ['S', '#1428a0', '#fff'],
    applepay: ['A', '#111', '#fff'],
    lpay: ['L', '#c40d22', '#fff'],
    ssgpay: ['S', '#b3202c', '#fff'],
    paypal: ['P', '#003087', '#fff'],
    alipay: ['A', '#0a5fd1', '#fff'],
    wechat: ['W', '#1a7f37', '#fff'],
    unionpay: ['U', '#0b6473', '#fff'],
  }),
)

const glyphs = new Map<string, GlyphName>(
  Object.entries({
    card: 'card',
    phone: 'phone',
    trans: 'transfer',
    vbank: 'bank',
    cultureland: 'gift',
    smartculture: 'gift',
    culturegift: 'gift',
    booknlife: 'gift',
    happymoney: 'gift',
  }),
)

/** Matches `tosspay_card` to Toss Pay, and cards of Kakao Pay's gateway to Kakao Pay. */
export function MethodIcon({ method }: { method: Pick<Method, 'pay_method' | 'provider'> }) {
  const names = [
    method.pay_method,
    method.pay_method.split('_')[0],
    method.provider,
    method.provider?.split('_')[0],
  ]
  const wallet = names.map((name) => wallets.get(name ?? '')).find(Boolean)
  if (wallet) {
    const [letter, background, color] = wallet
    return (
      <span class="mark" style={{ background, color }} aria-hidden="true">
        {letter}
      </span>
    )
  }
  return (
    <span class="mark">
      <Glyph name={glyphs.get(method.pay_method) ?? 'wallet'} />
    </span>
  )
}

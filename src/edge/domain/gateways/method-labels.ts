import type { Label } from '../../../contract/links/link-view.ts'

/** By `pay_method`, or by the code of a gateway (without `_v2`) whose `pay_method` is `card`. */
const labels = new Map<string, { ko: string; en: string }>(
  Object.entries({
    card: { ko: '신용카드', en: 'Credit card' },
    trans: { ko: '계좌이체', en: 'Bank transfer' },
    vbank: { ko: '가상계좌', en: 'Virtual account' },
    phone: { ko: '휴대폰 결제', en: 'Mobile billing' },
    applepay: { ko: '애플페이', en: 'Apple Pay' },
    naverpay: { ko: '네이버페이', en: 'Naver Pay' },
    naverpay_card: { ko: '네이버페이 카드', en: 'Naver Pay card' },
    naverpay_point: { ko: '네이버페이 포인트', en: 'Naver Pay points' },
    samsungpay: { ko: '삼성페이', en: 'Samsung Pay' },
    samsung: { ko: '삼성페이', en: 'Samsung Pay' },
    kpay: { ko: 'KPay', en: 'KPay' },
    kakaopay: { ko: '카카오페이', en: 'Kakao Pay' },
    payco: { ko: '페이코', en: 'PAYCO' },
    lpay: { ko: 'L페이', en: 'L.PAY' },
    ssgpay: { ko: 'SSG페이', en: 'SSG Pay' },
    ssgpay_bank: { ko: 'SSG페이 은행계좌', en: 'SSG Pay bank account' },
    skpay: { ko: '11Pay', en: '11Pay' },
    pinpay: { ko: '핀페이', en: 'PinPay' },
    smilepay: { ko: '스마일페이', en: 'SmilePay' },
    tosspay: { ko: '토스페이', en: 'Toss Pay' },
    tosspay_card: { ko: '토스페이 카드', en: 'Toss Pay card' },
    tosspay_money: { ko: '토스페이 머니', en: 'Toss Pay money' },
    toss_brandpay: { ko: '토스 브랜드페이', en: 'Toss BrandPay' },
    cultureland: { ko: '컬쳐랜드', en: 'Cultureland' },
    smartculture: { ko: '스마트문상', en: 'Smart culture gift card' },
    culturegift: { ko: '문화상품권', en: 'Culture gift card' },
    booknlife: { ko: '도서문화상품권', en: 'Book and culture gift card' },
    happymoney: { ko: '해피머니', en: 'Happy Money' },
    point: { ko: '포인트', en: 'Points' },
    wechat: { ko: '위챗페이', en: 'WeChat Pay' },
    alipay: { ko: '알리페이', en: 'Alipay' },
    unionpay: { ko: '유니온페이', en: 'UnionPay' },
    paypal: { ko: '페이팔', en: 'PayPal' },
  }),
)

/** Default label of a payment method. */
export function labelOf(payMethod: string, provider: string | undefined): Label {
  // Wallet gateways also use pay_method `card`; the wallet's name is more specific.
  const wallet = payMethod === 'card' && provider ? labels.get(provider.replace(/_v2$/, '')) : undefined
  return wallet ?? labels.get(payMethod) ?? { ko: '결제', en: 'Pay' }
}

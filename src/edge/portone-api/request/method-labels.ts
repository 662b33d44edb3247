// Default labels for the methods in upstream's documents. Product names as their owners write them, in Korean as on
// their Korean pages.
import type { Label } from '../../../contract/links/link-view.ts'
import { providerOf } from '../../domain/gateways/gateway.ts'
import { labelOf } from '../../domain/gateways/method-labels.ts'
import type { ChosenMethod } from '../../domain/links/portone-link.ts'

const both = (name: string): Label => ({ ko: name, en: name })
const card: Label = { ko: '신용·체크카드', en: 'Credit or debit card' }

const methods: Record<string, Label> = {
  GBPRIMEPAY_CREDIT_CARD: card,
  GBPRIMEPAY_WECHAT_WALLET: { ko: '위챗페이', en: 'WeChat Pay' },
  GBPRIMEPAY_RABBIT_LINEPAY_WALLET: { ko: '래빗 라인페이', en: 'Rabbit LINE Pay' },
  GBPRIMEPAY_TRUEMONEY_WALLET: { ko: '트루머니', en: 'TrueMoney' },
  GBPRIMEPAY_SHOPEEPAY_WALLET: { ko: '쇼피페이', en: 'ShopeePay' },
  CHILLPAY_QRCODE: { ko: 'QR 코드 결제', en: 'QR code payment' },
  PS_PROMPTPAY: { ko: '프롬프트페이', en: 'PromptPay' },
  STRIPE_CARD: card,
  TRIPLEA_CRYPTOCURRENCY: { ko: '가상자산', en: 'Cryptocurrency' },
  RAZORPAY_ALL: both('Razorpay'),
  MASTERCARD_CARD: card,
  HEROPLUS_BNPL: { ko: '히어로플러스 후불결제', en: 'HeroPlus pay later' },
  PAYLETTER_CREDIT_CARD: card,
  OMISE_CREDIT_CARD: card,
  SANDBOX_VIRTUAL_ACCOUNT: { ko: '가상계좌', en: 'Virtual account' },
}

const channels: Record<string, Label> = {
  GBPRIMEPAY: both('GB Prime Pay'),
  CHILLPAY: both('ChillPay'),
  PAYSOLUTIONS: both('Pay Solutions'),
  STRIPE: both('Stripe'),
  KREDIVO: both('Kredivo'),
  IPAY88: both('iPay88'),
  ESPAY: both('Espay'),
  XENDIT: both('Xendit'),
  VTCPAY: both('VTC Pay'),
  VNPAY: both('VNPAY'),
  TRUEMONEY: { ko: '트루머니', en: 'TrueMoney' },
  TRIPLEA: both('Triple-A'),
  TILL_PAYMENT: both('Till Payments'),
  TAZAPAY: both('Tazapay'),
  SMARTPAY: both('Smartpay'),
  SHOPEEPAY: { ko: '쇼피페이', en: 'ShopeePay' },
  REACH: both('Reach'),
  RAZORPAY: both('Razorpay'),
  PORTONE_KR: { ko: '포트원', en: 'PortOne' },
  PAYMENTWALL: { ko: '페이먼트월', en: 'Paymentwall' },
  PAYLETTER: { ko: '페이레터', en: 'Payletter' },
  ONEPAY: both('OnePay'),
  OMISE: both('Omise'),
  NINEPAY: both('9Pay'),
  NAPAS: both('NAPAS'),
  MOMOPAY: both('MoMo'),
  MASTERCARD: { ko: '마스터카드', en: 'Mastercard' },
  LINEPAY: { ko: '라인페이', en: 'LINE Pay' },
  KOMOJU: both('KOMOJU'),
  KLASHA: both('Klasha'),
  KBANK: both('KBank'),
  INICIS: { ko: 'KG이니시스', en: 'KG Inicis' },
  HEROPLUS: { ko: '히어로플러스', en: 'HeroPlus' },
  GLOBAL_PAYMENTS: both('Global Payments'),
  FOXPAY: both('Foxpay'),
  EXIMBAY: { ko: '엑심베이', en: 'Eximbay' },
  EWAY: both('Eway'),
  EPAY: both('ePay'),
  CYBERSOURCE: both('Cybersource'),
  BBL: { ko: '방콕은행', en: 'Bangkok Bank' },
  BAOKIM: both('Bảo Kim'),
  ATOME: both('Atome'),
  ASIAPAY: both('AsiaPay'),
  APPOTAPAY: both('AppotaPay'),
  PAYNAMICS: both('Paynamics'),
  INSTAMOJO: both('Instamojo'),
}

const known = (names: Record<string, Label>, key: string) =>
  Object.hasOwn(names, key) ? names[key] : undefined

/** The method's name, else its channel's, else the one of i'mport's pay_method. */
export function labelOfChosen(
  { payment_channel, payment_method }: ChosenMethod,
  { pg, pay_method = 'card' }: { pg?: string | undefined; pay_method?: string | undefined },
): Label {
  return (
    known(methods, payment_method) ?? known(channels, payment_channel) ?? labelOf(pay_method, providerOf(pg))
  )
}

/** Appends the channel to labels that occur more than once. */
export function disambiguateLabels(methods: readonly { label: Label; payment_channel: string }[]): Label[] {
  const written = methods.map(({ label }) => JSON.stringify(label))
  return methods.map(({ label, payment_channel }, at) => {
    const isAlone = written.indexOf(written[at] ?? '') === written.lastIndexOf(written[at] ?? '')
    return isAlone ? label : within(label, known(channels, payment_channel) ?? payment_channel)
  })
}

function within(label: Label, channel: Label): Label {
  const labelIn = (language: 'ko' | 'en') => {
    const [method, channelName] = [label, channel].map((name) =>
      typeof name === 'string' ? name : name[language],
    )
    return `${method} (${channelName})`
  }
  return { ko: labelIn('ko'), en: labelIn('en') }
}

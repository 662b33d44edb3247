export type Language = 'ko' | 'en'

const ko = {
  window: '테스트 결제창',
  noRealMoney: '실제로 결제되지 않아요',
  order: '주문 상품',
  orderNumber: '주문번호',
  method: '결제수단',
  gateway: '결제사',
  register: '카드 등록',
  amount: '결제 금액',
  approve: '승인',
  issue: '계좌 발급',
  decline: '거절',
  cancel: '취소',
  choose: '결과를 골라 주세요',
  working: '처리하고 있어요',
  back: '쇼핑몰로 돌아가고 있어요',
  goBack: '쇼핑몰로 돌아가기',
  finished: '테스트 결제가 끝났어요. 이 창은 닫아도 돼요.',
  notFound: '찾을 수 없는 결제창이에요. 쇼핑몰에서 다시 시작해 주세요.',
  notStarted: '결제를 시작하지 못했어요. 쇼핑몰에서 다시 시작해 주세요.',
  continueInNewWindow: '새 창에서 결제를 마쳐 주세요.',
  receipt: '테스트 영수증',
  receiptNote: '거래 증빙으로 쓸 수 없어요',
  paidAt: '결제 일시',
  card: '카드',
  approval: '승인번호',
  cancelled: '취소 금액',
}

const en: typeof ko = {
  window: 'Test payment window',
  noRealMoney: 'No real money moves',
  order: 'Order',
  orderNumber: 'Order number',
  method: 'Payment method',
  gateway: 'Gateway',
  register: 'Card registration',
  amount: 'Amount',
  approve: 'Approve',
  issue: 'Issue account',
  decline: 'Decline',
  cancel: 'Cancel',
  choose: 'Choose how it ends',
  working: 'Working on it',
  back: 'Going back to the shop',
  goBack: 'Back to the shop',
  finished: 'The test payment is over. You can close this window.',
  notFound: 'There is no such payment window. Please start again from the shop.',
  notStarted: 'The payment did not start. Please start again from the shop.',
  continueInNewWindow: 'Finish paying in the new window.',
  receipt: 'Test receipt',
  receiptNote: 'Not valid as proof of payment',
  paidAt: 'Paid at',
  card: 'Card',
  approval: 'Approval number',
  cancelled: 'Cancelled',
}

const texts = { ko, en }

export const textsOf = (language: Language) => texts[language]

export const languageOf = (requested: string | null): Language =>
  requested === null || requested.toLowerCase().startsWith('ko') ? 'ko' : 'en'

const methods = new Map<string, [string, string]>(
  Object.entries({
    card: ['신용카드', 'Credit card'],
    trans: ['실시간계좌이체', 'Bank transfer'],
    vbank: ['가상계좌', 'Virtual account'],
    phone: ['휴대폰 소액결제', 'Mobile billing'],
    kakaopay: ['카카오페이', 'Kakao Pay'],
    naverpay: ['네이버페이', 'Naver Pay'],
    payco: ['페이코', 'PAYCO'],
    tosspay: ['토스페이', 'Toss Pay'],
    samsungpay: ['삼성페이', 'Samsung Pay'],
    samsung: ['삼성페이', 'Samsung Pay'],
    applepay: ['애플페이', 'Apple Pay'],
    paypal: ['페이팔', 'PayPal'],
    point: ['포인트', 'Points'],
  }),
)

export function methodName(method: string, language: Language): string {
  const names = methods.get(method)
  return names ? names[language === 'ko' ? 0 : 1] : method
}

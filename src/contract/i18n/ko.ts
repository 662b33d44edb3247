import { koCard } from './ko-card.ts'

// i18next resources. Every sentence about money is one `claim.*`, reused with `$t(…)` or shown next to other texts,
// and only when the edge has confirmed it.
export const ko = {
  ...koCard,

  'claim.notCharged': '청구된 금액은 없어요.',
  'claim.notChargedYet': '아직 청구된 금액은 없어요.',
  'claim.notChargedSoFar': '지금까지 청구된 금액은 없어요.',
  'claim.mayFollow': '진행 중이던 결제가 뒤늦게 완료될 수도 있어요. 그때는 이 화면에서 바로 알려 드릴게요.',
  'claim.linkNotCharged': '이 링크로 청구된 금액은 없어요.',
  'claim.linkNotChargedSoFar':
    '지금까지 이 링크로 청구된 금액은 없지만, 진행 중이던 결제가 뒤늦게 완료될 수도 있어요.',
  'claim.paidElsewhere': '판매자의 쇼핑몰 같은 다른 곳에서 이 주문의 결제가 있었어요.',
  'claim.maybeCharged': '결제가 됐을 수도 있으니 다시 결제하지 마세요.',
  'claim.paid': '결제가 완료됐어요',
  'claim.returning': '결제하신 금액({{amount}})을 돌려드려요.',
  'claim.secondCancelled': '나중에 결제한 금액({{amount}})은 취소했어요.',
  'claim.returnAsked': '결제하신 금액({{amount}})의 취소를 요청했지만 아직 확인되지 않았어요.',

  'app.loading': '결제 정보를 불러오고 있어요.',
  'app.noScript': '결제하려면 자바스크립트를 켜 주세요.',
  'app.switch': 'English',
  'app.contact': '문의: {{merchant}} {{contact}}',
  'app.preview': '결제 요청서예요. 열어서 금액과 결제수단을 확인해 주세요.',

  'bill.order': '주문 상품',
  'bill.orderNumber': '주문번호',
  'bill.amount': '결제 금액',
  'bill.taxFree': '면세 {{amount}} 포함',
  'bill.payBy': '{{date}}까지 결제할 수 있어요',
  'bill.minutesLeft': '{{minutes}}분 남았어요',
  'bill.lastMinute': '1분도 남지 않았어요',

  'open.methods': '결제수단',
  'open.pay': '{{amount}} 결제하기',
  'open.preparing': '결제창을 준비하고 있어요',
  'open.sdkBlocked': '결제창을 불러오지 못했어요. 광고 차단 앱이나 회사 네트워크가 막고 있을 수 있어요.',
  'open.grantFailed': '결제를 준비하지 못했어요. 잠시 뒤에 다시 시도해 주세요.',
  'open.grantRefused': '이 결제를 시작할 수 없어요. 판매자에게 알려 주세요.',
  'open.pressAgain': '준비됐어요. 한 번 더 눌러 주세요.',
  'open.popupBlocked':
    '브라우저가 결제창을 막았어요. 주소창의 팝업 차단 표시를 눌러 이 페이지의 팝업을 허용한 뒤 다시 눌러 주세요.',
  'open.retry': '다시 시도',
  'open.secure': '결제는 결제사의 결제창에서 진행돼요.',
  'open.scan': '휴대폰으로 이어서 결제하기',
  'open.inApp': '결제 앱이 열리지 않으면 브라우저에서 열어 주세요.',
  'open.busy': '다른 화면에서 결제가 진행되고 있어요.',
  'open.openBrowser': '브라우저로 열기',
  'open.copyAddress': '주소 복사',
  'open.tooMany': '요청이 너무 많아요. {{seconds}}초 뒤에 다시 해 주세요.',

  'paying.heading': '결제창에서 결제를 마쳐 주세요',
  'paying.text': '이 화면은 닫지 마세요.',
  'paying.stuck': '결제창이 보이지 않나요?',
  'paying.back': '결제수단 다시 고르기',

  'failed.notOpenedHeading': '결제창을 열지 못했어요',
  'failed.heading': '결제를 진행하지 못했어요',
  'failed.text': '판매자의 결제 설정이나 결제사에 문제가 있어요. 계속되면 판매자에게 알려 주세요.',
  'failed.said': '결제사 안내: {{reason}}',

  'confirming.heading': '결제 결과를 확인하고 있어요',
  'confirming.text': '잠시만 기다려 주세요.',

  'paid.heading': '$t(claim.paid)',
  'paid.text': '이 화면을 닫아도 돼요.',
  'paid.method': '결제수단',
  'paid.at': '결제 일시',
  'paid.returned': '취소된 금액',
  'paid.receipt': '영수증 보기',

  'deposit.heading': '아래 계좌로 입금해 주세요',
  'deposit.text': '입금이 확인되면 이 화면이 바로 바뀌어요.',
  'deposit.bank': '은행',
  'deposit.account': '계좌번호',
  'deposit.holder': '예금주',
  'deposit.amount': '입금할 금액',
  'deposit.due': '입금 기한',
  'deposit.copy': '복사',
  'deposit.copyLabel': '계좌번호 복사',
  'deposit.copied': '복사했어요',

  'refunded.heading': '결제가 취소됐어요',
  'refunded.text': '$t(claim.returning) 카드사나 은행에 따라 며칠 걸릴 수 있어요.',
  'refunded.at': '취소 일시',

  'disabled.heading': '판매자가 닫은 결제 링크예요',
  'disabled.text': '$t(claim.notCharged)',
  'disabled.at': '닫힌 일시',

  'soFar.text': '$t(claim.notChargedSoFar) $t(claim.mayFollow)',

  'expired.heading': '결제 기한이 지났어요',
  'expired.text': '{{date}}에 만료됐어요. $t(claim.notCharged) 판매자에게 새 링크를 요청해 주세요.',
  'expired.soFar': '{{date}}에 만료됐어요. $t(soFar.text)',

  'declined.heading': '결제가 승인되지 않았어요',
  'declined.text': '$t(claim.notCharged) 다른 결제수단으로 다시 해 보세요.',
  'declined.again': '결제수단 다시 고르기',

  'cancelled.heading': '결제를 마치지 않았어요',
  'cancelled.soFarHeading': '결제가 아직 완료되지 않았어요',
  'cancelled.text': '$t(claim.notCharged)',
  'cancelled.again': '다시 결제하기',

  'unknown.heading': '결제 결과를 아직 확인하지 못했어요',
  'unknown.text': '$t(claim.maybeCharged) 확인되면 이 화면에서 바로 알려 드릴게요.',
  'unknown.check': '지금 확인하기',

  'rejected.amountHeading': '주문과 금액이 달라 결제를 취소했어요',
  'rejected.askedHeading': '주문과 맞지 않는 결제예요',
  'rejected.secondHeading': '이미 결제된 주문이에요',
  'rejected.amountText': '$t(claim.returning) 카드사나 은행에 따라 며칠 걸릴 수 있어요.',
  'rejected.secondText': '$t(claim.secondCancelled)',
  'rejected.askedText': '$t(claim.returnAsked) 판매자에게 문의해 주세요.',
  'rejected.show': '결제 내용 보기',

  'elsewhere.heading': '이미 결제된 주문 같아요',
  'elsewhere.ask': '다시 결제하지 마시고 판매자에게 문의해 주세요.',
  'elsewhere.check': '다시 확인',
  'elsewhere.checking': '확인하고 있어요',

  'notFound.heading': '결제 링크를 찾을 수 없어요',
  'notFound.text': '주소가 잘리지 않았는지 확인해 주세요.',

  'unreachable.heading': '연결할 수 없어요',
  'unreachable.text': '인터넷 연결을 확인해 주세요.',
  'unreachable.ifPaid': '이미 결제하셨다면 다시 결제하지 마세요.',
} as const

// Texts of links with extras, kept apart so that other pages do not load them. They make no claims about money.
export const extrasKo = {
  'extras.back': '{{host}} 사이트로 돌아가기',

  'sum.heading': '금액 내역',
  'sum.items': '상품 금액',
  'sum.shipping': '배송비',
  'sum.discount': '할인',
  'sum.promo': '할인 ({{code}})',
  'sum.total': '합계',

  'details.more': '주문 정보 자세히 보기',
  'details.customer': '주문자',
  'details.billing': '청구 정보',
  'details.shipping': '배송 정보',
  'details.both': '청구·배송 정보',
  'details.notes': '참고 사항',

  'party.name': '이름',
  'party.email': '이메일',
  'party.phone': '전화번호',
  'party.address': '주소',

  'onward.soon': '{{seconds}}초 뒤에 {{host}} 사이트로 이동해요.',
  'onward.stay': '여기에 머물기',
  'onward.go': '{{host}} 사이트로 이동하기',

  'embed.leave': '결제 페이지로 이동하기',
  'embed.why': '휴대폰에서는 결제 페이지로 이동해서 결제해요.',
} as const

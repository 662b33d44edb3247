// Texts of customer messages and of the sandbox's mailbox. Only the edge uses them; the page never loads them.
// Rules for `claim.*` apply here too.
export const messagesKo = {
  'link.subject': '[{{merchant}}] {{amount}} 결제 요청: {{order}}',
  'link.heading': '결제 요청이 왔어요',
  'link.intro': '{{merchant}}에서 보낸 결제 요청이에요. 아래 내용을 확인하고 결제해 주세요.',
  'link.short': '[{{merchant}}] {{order}} {{amount}} 결제(~{{date}}) {{url}}',
  'link.title': '[{{merchant}}] 결제 요청',

  'reminder.subject': '[{{merchant}}] 결제 기한이 다가오고 있어요: {{order}}',
  'reminder.heading': '결제 기한이 다가오고 있어요',
  'reminder.intro':
    '{{merchant}}의 주문이 아직 결제를 기다리고 있어요. 기한이 지나면 이 주소로는 결제할 수 없어요.',
  'reminder.short': '[{{merchant}}] {{order}} {{amount}} 결제 기한 {{date}} {{url}}',
  'reminder.title': '[{{merchant}}] 결제 기한 안내',

  'receipt.subject': '[{{merchant}}] $t(claim.paid): {{order}}',
  'receipt.heading': '$t(claim.paid)',
  'receipt.intro': '{{merchant}}에 결제하신 내용이에요.',
  'receipt.short': '[{{merchant}}] {{order}} {{amount}} $t(claim.paid) {{url}}',
  'receipt.title': '[{{merchant}}] 결제 내용',

  'message.expiry': '결제 기한',
  'message.pay': '확인하고 결제하기',
  'message.show': '결제 내용 보기',
  'message.address': '버튼이 열리지 않으면 이 주소를 브라우저에 붙여 넣어 주세요.',
  'message.why': '이 주문을 위해 보낸 안내예요. 주문한 적이 없다면 지우셔도 돼요.',

  'shelf.heading': '보냈을 메시지',
  'shelf.note':
    '샌드박스는 아무것도 밖으로 보내지 않아요. 고객에게 보냈을 메시지를 여기에 모아 두고, 서버를 끄면 사라져요.',
  'shelf.none': '아직 메시지가 없어요. 알림을 켠 결제 링크를 만들면 여기에 나타나요.',
  'shelf.to': '받는 사람',
  'shelf.at': '보낸 때',
  'shelf.email': '이메일',
  'shelf.short': '단문 문자, {{bytes}}바이트',
  'shelf.long': '장문 문자, {{bytes}}바이트',
  'shelf.drawn': '메일로 보이는 모습',
  'shelf.plain': '글로만 보이는 모습',
  'shelf.switch': 'English',
} as const

export type MessageWords = Record<keyof typeof messagesKo, string>

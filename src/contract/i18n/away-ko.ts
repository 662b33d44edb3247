// Texts of the document that the edge sends while its database is unavailable; it runs no script. Sentences about
// money reuse the page's `claim.*`.
export const awayKo = {
  'away.heading': '잠시 후 다시 열려요',
  'away.text': '지금은 주문 정보를 불러올 수 없어요. 이미 결제하셨다면 다시 결제하지 마세요.',
  'away.returning': '결제 결과를 아직 확인하지 못했어요',
  'away.returningText': '$t(claim.maybeCharged) 잠시 후 이 화면에서 결과를 알려 드릴게요.',
  'away.again': '지금 다시 시도',
}

export type AwayWords = typeof awayKo

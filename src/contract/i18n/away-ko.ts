// What the edge says while it cannot reach its database. No script of the page's holds these: their document has none.
// Of money they repeat the page's own `claim.*`, or say what to do.
export const awayKo = {
  'away.heading': '잠시 후 다시 열려요',
  'away.text': '지금은 주문 정보를 불러올 수 없어요. 이미 결제하셨다면 다시 결제하지 마세요.',
  'away.returning': '결제 결과를 아직 확인하지 못했어요',
  'away.returningText': '$t(claim.maybeCharged) 잠시 후 이 화면에서 결과를 알려 드릴게요.',
  'away.again': '지금 다시 시도',
}

export type AwayWords = typeof awayKo

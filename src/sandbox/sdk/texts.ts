/** As upstream, alerts are Korean, except for the one about popups. */
export const noParams = '결제 요청 정보가 없습니다.'
export const noAccount = '가맹점 식별코드가 없습니다. IMP.init()을 먼저 호출해 주세요.'
export const noChannels = '등록된 PG 설정이 없습니다.'
export const noSuchChannel = '등록되지 않은 채널입니다.'
export const noDriver = (id: string): string => `결제 기능을 불러오지 못했습니다. (${id})`
export const notOpened = (response: string): string => `결제창을 호출하지 못했습니다. ${response}`
export const crashed = (error: unknown): string =>
  `결제창을 여는 중에 오류가 발생했습니다. 새로고침한 뒤 다시 시도해 주세요.\n${error}`

export function popupBlocked(language: string): string {
  if (language.startsWith('ko')) return '팝업 차단을 해제해야 결제창이 열립니다.'
  if (language.startsWith('ja')) return '決済画面を開くには、ポップアップブロックを解除してください。'
  // As upstream, names PayPal for every gateway.
  return 'Please allow popups to open the PayPal window.'
}

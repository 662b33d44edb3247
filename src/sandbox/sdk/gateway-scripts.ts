import type { Dialog } from './dialog.ts'
import type { Custom, Data } from './frame-message.ts'
import type { Popup } from './popups.ts'

type Call = (...given: unknown[]) => unknown
type Calls = Record<string, Call>

/** A global that a gateway's script has brought. Calling one that it has not brought throws. */
const brought = <T>(name: string): T => (window as unknown as Record<string, T>)[name] as T

/** Into the merchant's page. Under enforced Trusted Types the assignment is the page's own to permit. */
export function addScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.async = true
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(address))
    script.src = address
    const first = document.querySelector('script')
    first?.parentNode?.insertBefore(script, first)
  })
}

interface Opening {
  form: HTMLFormElement
  param: Record<string, unknown>
  custom: Custom
  dialog: Dialog
}

/** How the script of each gateway is asked for its window. */
const gateways: Record<string, (opening: Opening) => void> = {
  uplus: ({ form, custom }) => brought<Call>('open_paymentwindow')(form, custom.mode, 'submit'),
  kicc: ({ form, custom }) =>
    brought<Call>('easypay_card_webpay')(form, custom.bridge, '_top', '0', '0', 'submit', 30),
  payple: ({ param }) => brought<Call>('PaypleCpayAuthCheck')(param),
  mobilians: ({ form }) => brought<Call>('MCASH_PAYMENT')(form),
  kcp_quick: ({ form }) => brought<Call>('KCP_QPay_Execute')(form),
  chai: ({ param }) => brought<Calls>('ChaiPayment').checkout?.(param),
  smilepay: ({ param, custom, dialog }) => {
    const smilepay = brought<Calls>('smilepay_L')
    if (custom.channel === 'mobile' && !custom.popup) smilepay.movePage?.(param.txnId)
    else smilepay.callPopup?.(param.txnId, () => dialog.close())
  },
  settle_acc: ({ form, custom, dialog }) => {
    brought<Calls>('SettlePay').execute?.(form)
    const { requestId: request_id, merchantUid: merchant_uid, impUid: imp_uid } = custom
    const popup = window.open('', form.name)
    const timer = setInterval(() => {
      if (!popup?.closed) return
      clearInterval(timer)
      dialog.communicate({ request_id, merchant_uid, imp_uid, result: 'check.closing' })
    }, 50)
  },
}

export const hasScript = (provider: string): boolean => provider in gateways

/** @param leave closes the dialog where the window takes the page's place */
export async function openByScript(
  form: HTMLFormElement,
  { pgProvider = '', param = {}, custom }: Data,
  dialog: Dialog,
): Promise<void> {
  if (!custom) return
  await addScript(custom.sdk)
  gateways[pgProvider]?.({ form, param, custom, dialog })
}

interface NaverPay {
  Pay: { create: (options: object) => { open: (order: object) => void } }
}

/** The other window of Naver Pay, which its own script opens in the page. */
export async function openNaverLayer(data: Data, popup: Popup, leave: () => void): Promise<void> {
  // Upstream's SDK knows the address by heart.
  await addScript(data.sdk ?? '')
  const { mode, clientId, openType, payType, returnUrl, requestId: request_id, impUid: imp_uid } = data
  const onAuthorize = (authData: unknown) =>
    popup.dialog.communicate({
      authData,
      return_url: returnUrl,
      request_id,
      imp_uid,
      result: 'request.approve',
    })
  const { Pay } = brought<NaverPay>('Naver')
  const { productName, totalPayAmount } = data
  leave()
  Pay.create({ mode, clientId, openType, payType, onAuthorize }).open({
    merchantPayKey: imp_uid,
    productName,
    totalPayAmount,
    returnUrl,
  })
}

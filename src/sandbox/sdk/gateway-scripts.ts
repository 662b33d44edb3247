import type { Dialog } from './dialog.ts'
import type { FrameData, ScriptOptions } from './frame-message.ts'
import type { Popup } from './popups.ts'

type Call = (...args: unknown[]) => unknown
type Calls = Record<string, Call>

/** A global defined by a gateway's script; calling it throws if the script has not defined it. */
const gatewayGlobal = <T>(name: string): T => (window as unknown as Record<string, T>)[name] as T

/** Adds a script to the merchant's page. Throws if the page's Trusted Types policy rejects the URL. */
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

interface ScriptCallInput {
  form: HTMLFormElement
  param: Record<string, unknown>
  custom: ScriptOptions
  dialog: Dialog
}

/** Opens the window through each gateway's script. */
const scriptCalls: Record<string, (input: ScriptCallInput) => void> = {
  uplus: ({ form, custom }) => gatewayGlobal<Call>('open_paymentwindow')(form, custom.mode, 'submit'),
  kicc: ({ form, custom }) =>
    gatewayGlobal<Call>('easypay_card_webpay')(form, custom.bridge, '_top', '0', '0', 'submit', 30),
  payple: ({ param }) => gatewayGlobal<Call>('PaypleCpayAuthCheck')(param),
  mobilians: ({ form }) => gatewayGlobal<Call>('MCASH_PAYMENT')(form),
  kcp_quick: ({ form }) => gatewayGlobal<Call>('KCP_QPay_Execute')(form),
  chai: ({ param }) => gatewayGlobal<Calls>('ChaiPayment').checkout?.(param),
  smilepay: ({ param, custom, dialog }) => {
    const smilepay = gatewayGlobal<Calls>('smilepay_L')
    if (custom.channel === 'mobile' && !custom.popup) smilepay.movePage?.(param.txnId)
    else smilepay.callPopup?.(param.txnId, () => dialog.close())
  },
  settle_acc: ({ form, custom, dialog }) => {
    gatewayGlobal<Calls>('SettlePay').execute?.(form)
    const { requestId: request_id, merchantUid: merchant_uid, impUid: imp_uid } = custom
    const popup = window.open('', form.name)
    const timer = setInterval(() => {
      if (!popup?.closed) return
      clearInterval(timer)
      dialog.communicate({ request_id, merchant_uid, imp_uid, result: 'check.closing' })
    }, 50)
  },
}

export const hasScript = (provider: string): boolean => provider in scriptCalls

/** Loads the gateway's script and lets it open the window. */
export async function openByScript(
  form: HTMLFormElement,
  { pgProvider = '', param = {}, custom }: FrameData,
  dialog: Dialog,
): Promise<void> {
  if (!custom) return
  await addScript(custom.sdk)
  scriptCalls[pgProvider]?.({ form, param, custom, dialog })
}

interface NaverPay {
  Pay: { create: (options: object) => { open: (order: object) => void } }
}

/** Naver Pay's layer (`naverV2`), which its script opens in the page. `beforeOpen` runs once the script is loaded. */
export async function openNaverLayer(data: FrameData, popup: Popup, beforeOpen: () => void): Promise<void> {
  // Upstream hard-codes the URL.
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
  const { Pay } = gatewayGlobal<NaverPay>('Naver')
  const { productName, totalPayAmount } = data
  beforeOpen()
  Pay.create({ mode, clientId, openType, payType, onAuthorize }).open({
    merchantPayKey: imp_uid,
    productName,
    totalPayAmount,
    returnUrl,
  })
}

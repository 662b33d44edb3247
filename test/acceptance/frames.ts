// Mock pages and scripts of upstream's hosts; frames report their messages through `heardInFrame`.

const page = (script: string) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>
<script>${script}</script>`

export const channelPage = page(`
addEventListener('message', ({ source, data }) => {
  if (source === parent && typeof data === 'string') heardInFrame(JSON.parse(data))
})`)

export const newerPage = page(`
addEventListener('message', ({ source, data }) => {
  if (source === parent && typeof data === 'string') heardInFrame(JSON.parse(data))
})
parent.postMessage({ from: 'PORT_IFRAME', type: 'IFRAME_LOADED' }, '*')`)

/** The gateway's page, shown after a redirect or in a popup. */
export const gatewayPage = '<!doctype html><title>gateway</title><link rel="icon" href="data:,">gateway'

export const gatewayHost = 'https://pay.gateway.example'
/** A script host that no policy allows. */
export const scriptHost = 'https://script.gateway.example'

/** Script hosts of known gateways. */
export const knownHosts = {
  kicc: 'https://pg.easypay.co.kr',
  smilepay: 'https://pg.cnspay.co.kr',
  settle_acc: 'https://ezauth.settlebank.co.kr',
  uplus: 'https://xpay.uplus.co.kr',
  payple: 'https://cpay.payple.kr',
  naverpay: 'https://nsp.pay.naver.com',
  tosspayments: 'https://js.tosspayments.com',
}

/** Globals of the gateways' scripts; each records how the SDK called it. */
export const gatewayScript = `{
  const fields = (given) => given instanceof HTMLFormElement
    ? { form: new URL(given.action).pathname, target: given.target, ...Object.fromEntries(new FormData(given)) }
    : typeof given === 'function' ? 'callback' : given
  const note = (name) => (...given) => { (window.called ??= []).push([name, ...given.map(fields)]) }
  Object.assign(window, {
    https_flag: false,
    open_paymentwindow: note('open_paymentwindow'),
    easypay_card_webpay: note('easypay_card_webpay'),
    MCASH_PAYMENT: note('MCASH_PAYMENT'),
    KCP_QPay_Execute: note('KCP_QPay_Execute'),
    PaypleCpayAuthCheck: note('PaypleCpayAuthCheck'),
    ChaiPayment: { checkout: note('ChaiPayment.checkout') },
    smilepay_L: { callPopup: note('smilepay_L.callPopup'), movePage: note('smilepay_L.movePage') },
    SettlePay: { execute: note('SettlePay.execute') },
    Naver: { Pay: { create: () => ({ open: ({ merchantPayKey }) => note('Naver.Pay.open')({ merchantPayKey }) }) } },
    TossPayments: () => ({ requestPayment: async (method, { url }) => { location.href = url } }),
  })
  dispatchEvent(new Event('TossPayments:initialize:TossPayments'))
}`

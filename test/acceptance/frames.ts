// The pages of upstream's own hosts: they tell the run what they hear, and the run speaks through them.

const page = (script: string) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>
<script>${script}</script>`

/** A channel's frame. */
export const channelPage = page(`
addEventListener('message', ({ source, data }) => {
  if (source === parent && typeof data === 'string') heardInFrame(JSON.parse(data))
})`)

/** The newer path's frame. */
export const newerPage = page(`
addEventListener('message', ({ source, data }) => {
  if (source === parent && typeof data === 'string') heardInFrame(JSON.parse(data))
})
parent.postMessage({ from: 'PORT_IFRAME', type: 'IFRAME_LOADED' }, '*')`)

/** A gateway's own page, to which the customer's page or popup goes. */
export const gatewayPage = '<!doctype html><title>gateway</title><link rel="icon" href="data:,">gateway'

export const gatewayHost = 'https://pay.gateway.example'
/** Where a gateway's own script comes from. No policy knows it. */
export const scriptHost = 'https://script.gateway.example'

/** Where known gateways' scripts come from. */
export const knownHosts = {
  kicc: 'https://pg.easypay.co.kr',
  smilepay: 'https://pg.cnspay.co.kr',
  settle_acc: 'https://ezauth.settlebank.co.kr',
  uplus: 'https://xpay.uplus.co.kr',
  payple: 'https://cpay.payple.kr',
  naverpay: 'https://nsp.pay.naver.com',
  tosspayments: 'https://js.tosspayments.com',
}

/** What gateways' scripts bring along; each notes how the SDK called it. */
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

/**
 * Simulates the gateways' scripts: defines the globals that upstream's SDK calls. Each call navigates
 * the channel's iframe, or the page, to the payment window.
 */
export const gatewayScript = `'use strict'
{
  const shown = () => [...document.querySelectorAll('.imp-dialog iframe')].find(({ style }) => style.display === 'block')
  const go = (url, isTop) => { if (isTop) location.href = url; else shown().src = url }
  const submit = (form) => go(form.action, form.target === '_top')
  const follow = ({ address, place }) => go(address, place === '_top')
  Object.assign(window, {
    open_paymentwindow: submit,
    easypay_card_webpay: submit,
    MCASH_PAYMENT: submit,
    KCP_QPay_Execute: submit,
    PaypleCpayAuthCheck: follow,
    ChaiPayment: { checkout: follow, subscribe: follow },
    smilepay_L: { callPopup: (txnId) => go(txnId), movePage: (txnId) => go(txnId, true) },
    SettlePay: { execute: (form) => { window.open(form.action, form.name, 'width=480,height=680') } },
    Naver: { Pay: { create: ({ openType }) => ({ open: ({ returnUrl }) => go(returnUrl, openType === 'page') }) } },
    TossPayments: () => ({ requestPayment: async (method, { url }) => { location.href = url } }),
  })
  dispatchEvent(new Event('TossPayments:initialize:TossPayments'))
}
`

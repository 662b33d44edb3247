/**
 * Scripts of the window's pages. Kept as text, so that they need no build step, and served as files,
 * because the content security policy forbids inline scripts.
 */

/** In a channel's hidden iframe: waits for an order, then opens the window as the gateway does. */
export const channelFrameScript = `'use strict'
const files = document.currentScript.src
const { user, provider, pgid, scripts } = document.body.dataset
const open = new Map()
const send = (origin, action, data) => parent.postMessage(JSON.stringify({ action, data }), origin)
const fail = (origin, data, error) => send(origin, 'done', {
  request_id: data.request_id, success: false, imp_uid: null, merchant_uid: data.merchant_uid, ...error,
})
const post = async (path, body, type) => {
  const response = await fetch(new URL(path, files), {
    method: 'POST', body, headers: { 'content-type': type, accept: 'application/json' },
  })
  return response.json()
}
const scriptOf = (name) => {
  const local = new URL('../../scripts/' + name, files)
  return scripts ? new URL(local.pathname, scripts).href : local.href
}
const popupNames = {
  tosspay: 'tosspayPopup', smartro: 'payWindow', kcp_quick: 'kcpQuick', chai: 'chaiIamportModal',
}
function requestWindow(origin, data, { mode, url, impUid, isScript }) {
  const { request_id, merchant_uid } = data
  const request = (action, more) => send(origin, action, { request_id, impUid, ...more })
  const isPopup = mode === 'popup'
  // A POST to the window itself is a button press.
  const entry = url + '/enter'
  if (provider === 'naverpay' && isScript) return request('naverpay.modal.v2', {
    returnUrl: url, requestId: request_id, openType: mode === 'top' ? 'page' : 'layer', sdk: scriptOf('naverpay.min.js'),
    productName: data.name, totalPayAmount: data.amount,
  })
  if (provider === 'payco' && isPopup) return request('payco.modal', { orderUrl: url })
  if (provider === 'naverco') return request('naverco.modal', { payUrl: url })
  if (provider === 'naverpay') return request('naverpay.modal', { payUrl: url, popupMode: isPopup })
  if (provider === 'paypal') return request('paypal.modal', { redirectUrl: url })
  if (provider === 'settle' && isPopup) return request('settle.modal', { submitUrl: url, frmData: {} })
  if (provider === 'shinhan' && isPopup) return request('shinhan.modal', { submitUrl: url, frmData: {} })
  if (provider === 'eximbay' && isPopup) return request('eximbay.modal', { action: entry, formData: {} })
  if (provider === 'daou' && isPopup)
    return request('daou.modal', { action: entry, method: 'post', popup: true, param: {} })
  if (provider === 'html5_inicis') return request('inicis.mobile', { action: entry, formData: {} })
  const target = mode === 'top' ? '_top' : isPopup ? popupNames[provider] : ''
  const custom = { requestId: request_id, merchantUid: merchant_uid, impUid }
  if (isScript) Object.assign(custom, { sdk: scriptOf(provider + '.js'), channel: mode === 'top' ? 'mobile' : 'pc' })
  // Become form fields, so no name may shadow a property of HTMLFormElement.
  const param = { impUid, txnId: url, address: url, place: target }
  request('proxy.post', {
    pgProvider: provider, formId: 'gateway-form', method: 'post', charset: 'utf-8', param, custom, target,
    action: isScript ? url : entry,
  })
}
async function start(origin, data) {
  const order = { user_code: user, provider, pg_id: pgid, origin, data }
  const { key, mode, isScript, imp_uid: impUid, ...error } =
    await post('../open', JSON.stringify(order), 'application/json')
  if (!key) return fail(origin, data, error)
  const url = new URL('../' + key, files).href
  if (mode === 'iframe' && !isScript) return location.replace(url)
  open.set(data.request_id, key)
  requestWindow(origin, data, { mode, url, impUid, isScript })
}
async function cancel(origin, { request_id }) {
  const key = open.get(request_id)
  if (!key) return
  const { message } = await post('../' + key, 'act=cancel', 'application/x-www-form-urlencoded')
  parent.postMessage(message, origin)
}
addEventListener('message', ({ source, origin, data: text }) => {
  if (source !== parent || parent === self || typeof text !== 'string') return
  const { action, data, from } = JSON.parse(text)
  if (from !== 'iamport-sdk') return
  const isClosed = action === 'communicate' && /closing|closed/.test(data.result)
  const work = action === 'payment' ? start(origin, data) : isClosed ? cancel(origin, data) : null
  work?.catch(() => fail(origin, data, { error_code: 'F500', error_msg: '결제창을 열지 못했어요.' }))
})
`

/** In the checkout service's iframe: reports that it has loaded, then navigates to the window it is sent. */
export const checkoutFrameScript = `'use strict'
const files = document.currentScript.src
addEventListener('message', ({ source, data: text }) => {
  if (source !== parent || typeof text !== 'string') return
  const { from, pgRawResponse } = JSON.parse(text)
  if (from === 'PORT_SDK') location.replace(new URL('../../' + pgRawResponse.url, files).href)
})
parent.postMessage({ from: 'PORT_IFRAME', type: 'IFRAME_LOADED' }, '*')
`

/** In the window: shows progress and disables the buttons after a press. */
export const paymentPageScript = `'use strict'
const form = document.querySelector('form')
const status = form.querySelector('p')
const buttons = [...form.querySelectorAll('button')]
// Deferred until the form data is read: disabled buttons are not submitted.
form.addEventListener('submit', () => setTimeout(() => {
  status.textContent = form.dataset.working
  for (const button of buttons) button.disabled = true
}))
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
`

/** In the window's last page: posts the result to the merchant's page, or redirects to the return URL. */
export const returnScript = `'use strict'
const { mode, origin, message, address } = document.body.dataset
if (mode === 'top') {
  if (address) location.replace(address)
} else {
  const page = mode === 'popup' ? opener : parent === self ? null : parent
  const isNewer = message.includes('PORT_IFRAME')
  page?.postMessage(isNewer ? JSON.parse(message) : message, origin)
  if (mode === 'popup') close()
}
`

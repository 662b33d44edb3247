/**
 * The few lines that run inside the window's own pages. Kept as text, so that the window needs no
 * build, and served as files, so that its content security policy allows nothing inline.
 */

/** In the hidden frame of a channel: waits for an order, then has its window opened in the gateway's own way. */
export const readyScript = `'use strict'
const files = document.currentScript.src
const { user, provider, pgid, scripts } = document.body.dataset
const open = new Map()
const tell = (origin, action, data) => parent.postMessage(JSON.stringify({ action, data }), origin)
const fail = (origin, data, error) => tell(origin, 'done', {
  request_id: data.request_id, success: false, imp_uid: null, merchant_uid: data.merchant_uid, ...error,
})
const post = async (path, body, type) => {
  const answer = await fetch(new URL(path, files), {
    method: 'POST', body, headers: { 'content-type': type, accept: 'application/json' },
  })
  return answer.json()
}
const scriptOf = (name) => {
  const own = new URL('../../scripts/' + name, files)
  return scripts ? new URL(own.pathname, scripts).href : own.href
}
const popupNames = {
  tosspay: 'tosspayPopup', smartro: 'payWindow', kcp_quick: 'kcpQuick', chai: 'chaiIamportModal',
}
function tellHow(origin, data, { way, url, impUid, isScript }) {
  const { request_id, merchant_uid } = data
  const say = (action, more) => tell(origin, action, { request_id, impUid, ...more })
  const isPopup = way === 'popup'
  // A form cannot be posted to a page that is only read.
  const entry = url + '/enter'
  if (provider === 'naverpay' && isScript) return say('naverpay.modal.v2', {
    returnUrl: url, requestId: request_id, openType: way === 'top' ? 'page' : 'layer', sdk: scriptOf('naverpay.min.js'),
    productName: data.name, totalPayAmount: data.amount,
  })
  if (provider === 'payco' && isPopup) return say('payco.modal', { orderUrl: url })
  if (provider === 'naverco') return say('naverco.modal', { payUrl: url })
  if (provider === 'naverpay') return say('naverpay.modal', { payUrl: url, popupMode: isPopup })
  if (provider === 'paypal') return say('paypal.modal', { redirectUrl: url })
  if (provider === 'settle' && isPopup) return say('settle.modal', { submitUrl: url, frmData: {} })
  if (provider === 'shinhan' && isPopup) return say('shinhan.modal', { submitUrl: url, frmData: {} })
  if (provider === 'eximbay' && isPopup) return say('eximbay.modal', { action: entry, formData: {} })
  if (provider === 'daou' && isPopup)
    return say('daou.modal', { action: entry, method: 'post', popup: true, param: {} })
  if (provider === 'html5_inicis') return say('inicis.mobile', { action: entry, formData: {} })
  const target = way === 'top' ? '_top' : isPopup ? popupNames[provider] : ''
  const custom = { requestId: request_id, merchantUid: merchant_uid, impUid }
  if (isScript) Object.assign(custom, { sdk: scriptOf(provider + '.js'), channel: way === 'top' ? 'mobile' : 'pc' })
  // Fields of a form, of which none may be called like a property of forms.
  const param = { impUid, txnId: url, address: url, place: target }
  say('proxy.post', {
    pgProvider: provider, formId: 'gateway-form', method: 'post', charset: 'utf-8', param, custom, target,
    action: isScript ? url : entry,
  })
}
async function begin(origin, data) {
  const order = { user_code: user, provider, pg_id: pgid, origin, data }
  const { key, way, isScript, imp_uid: impUid, ...error } =
    await post('../open', JSON.stringify(order), 'application/json')
  if (!key) return fail(origin, data, error)
  const url = new URL('../' + key, files).href
  if (way === 'iframe' && !isScript) return location.replace(url)
  open.set(data.request_id, key)
  tellHow(origin, data, { way, url, impUid, isScript })
}
async function abandon(origin, { request_id }) {
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
  const work = action === 'payment' ? begin(origin, data) : isClosed ? abandon(origin, data) : null
  work?.catch(() => fail(origin, data, { error_code: 'F500', error_msg: '결제창을 열지 못했어요.' }))
})
`

/** In the newer path's frame: says that it is there, then becomes the window that it is told of. */
export const newerScript = `'use strict'
const files = document.currentScript.src
addEventListener('message', ({ source, data: text }) => {
  if (source !== parent || typeof text !== 'string') return
  const { from, pgRawResponse } = JSON.parse(text)
  if (from === 'PORT_SDK') location.replace(new URL('../../' + pgRawResponse.url, files).href)
})
parent.postMessage({ from: 'PORT_IFRAME', type: 'IFRAME_LOADED' }, '*')
`

/** In the window: shows that a press has been taken. */
export const sheetScript = `'use strict'
const form = document.querySelector('form')
const said = form.querySelector('p')
const buttons = [...form.querySelectorAll('button')]
// After the press has been read: a disabled button is not sent.
form.addEventListener('submit', () => setTimeout(() => {
  said.textContent = form.dataset.working
  for (const button of buttons) button.disabled = true
}))
addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
`

/** In the window's last page: hands the result over. */
export const returnScript = `'use strict'
const { way, origin, message, address } = document.body.dataset
if (way === 'top') {
  if (address) location.replace(address)
} else {
  const page = way === 'popup' ? opener : parent === self ? null : parent
  const isNewer = message.includes('PORT_IFRAME')
  page?.postMessage(isNewer ? JSON.parse(message) : message, origin)
  if (way === 'popup') close()
}
`

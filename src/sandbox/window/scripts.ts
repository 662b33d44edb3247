/**
 * The few lines that run inside the window's own pages. Kept as text, so that the window needs no
 * build, and served as files, so that its content security policy allows nothing inline.
 */

/** In the hidden frame of a channel: waits for an order, then opens its window in the right way. */
export const readyScript = `'use strict'
const files = document.currentScript.src
const { user, provider, pgid } = document.body.dataset
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
async function begin(origin, data) {
  const order = { user_code: user, provider, pg_id: pgid, origin, data }
  const { key, way, ...error } = await post('../open', JSON.stringify(order), 'application/json')
  if (!key) return fail(origin, data, error)
  const url = new URL('../' + key, files).href
  const { request_id } = data
  if (way === 'iframe') return location.replace(url)
  open.set(request_id, key)
  if (way === 'popup') return tell(origin, 'popup.open', { request_id, url })
  return tell(origin, 'proxy.post', { request_id, url: url + '/enter', target: '_top' })
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
  const work = action === 'payment' ? begin(origin, data) : action === 'popup.closed' ? abandon(origin, data) : null
  work?.catch(() => fail(origin, data, { error_code: 'F500', error_msg: '결제창을 열지 못했어요.' }))
})
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
  page?.postMessage(message, origin)
  if (way === 'popup') close()
}
`

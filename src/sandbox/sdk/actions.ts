import type { Device } from '../engine/window-modes.ts'
import type { Dialog } from './dialog.ts'
import type { Data } from './frame-message.ts'
import { hasScript, openByScript, openNaverLayer } from './gateway-scripts.ts'
import type { Popup, Popups } from './popups.ts'
import { addForm } from './post-form.ts'
import { popupBlocked } from './texts.ts'

export interface Stage {
  device: Device
  dialog: Dialog
  popups: Popups
}

type Action = (data: Data, stage: Stage) => unknown

/** Throws where the popup was blocked, as upstream does. */
function goTo({ window: popup }: Popup, address = ''): void {
  ;(popup as Window).location.href = address
}

const isWholePage = (target: string | undefined) => target === '_top' || target === '_self'

/** What frames ask for before there is a result. The dialog stays unless a line says otherwise. */
const openings: Record<string, Action> = {
  'payco.modal': ({ orderUrl, impUid = null }, { popups }) => {
    const popup = popups.used('payco')
    popup.impUid = impUid
    goTo(popup, orderUrl)
  },
  'naverco.modal': ({ payUrl = '' }, { popups, dialog }) => {
    const popup = popups.used('naverco')
    if (popup.isWanted) goTo(popup, payUrl)
    else location.href = payUrl
    dialog.close()
  },
  'naverpay.modal': ({ popupMode, payUrl = '', impUid = null }, { popups }) => {
    const popup = popups.used('naverpay')
    if (!popupMode || !popup.window) popup.dialog.close()
    if (!popupMode && window.top) window.top.location.href = payUrl
    else if (popup.window) {
      popup.impUid = impUid
      goTo(popup, payUrl)
    }
  },
  'naverpay.modal.v2': (data, { popups, device }) => {
    const popup = popups.used('naverpay')
    return openNaverLayer(data, popup, () => device === 'mobile' && popup.dialog.close())
  },
  'paypal.modal': ({ redirectUrl = '', impUid = null }, { popups }) => {
    const popup = popups.used('paypal')
    popup.impUid = impUid
    if (popup.window && popup.isWanted) return goTo(popup, redirectUrl)
    popup.dialog.close()
    if (popup.isWanted) alert(popupBlocked('en'))
    else location.href = redirectUrl
  },
  'settle.modal': ({ submitUrl = '', frmData, impUid = null }, { popups }) => {
    const { dialog, name } = Object.assign(popups.used('settle'), { impUid })
    addForm(dialog.element, {
      action: submitUrl,
      method: 'get',
      target: name,
      fields: frmData ?? {},
    }).submit()
  },
  'shinhan.modal': ({ submitUrl = '', frmData }, { popups }) => {
    const { dialog, name } = popups.used('shinhan')
    addForm(dialog.element, {
      action: submitUrl,
      method: 'get',
      target: name,
      fields: frmData ?? {},
    }).submit()
  },
  'eximbay.modal': ({ action = '', formData, impUid = null }, { popups }) => {
    const popup = popups.used('eximbay')
    const { dialog, name } = popup
    if (popup.isWanted && !popup.window) return dialog.close()
    popup.impUid = impUid
    const target = popup.window ? name : '_self'
    addForm(dialog.element, { action, target, fields: formData ?? {} }).submit()
  },
  'daou.modal': ({ action = '', method = 'post', param, popup: inPopup, impUid = null }, { popups }) => {
    const { dialog, name } = Object.assign(popups.used('daou'), { impUid })
    const target = inPopup ? name : '_self'
    addForm(dialog.element, { action, method, target, fields: param ?? {} }).submit()
  },
  'inicis.mobile': ({ action = '', formData }, { dialog, device }) => {
    addForm(dialog.element, { action, target: '_top', fields: formData ?? {} }).submit()
    if (device === 'mobile') dialog.close()
  },
  'proxy.post': (data, stage) => post(data, stage),
}

function post(data: Data, { dialog, popups, device }: Stage): unknown {
  const { pgProvider = '', action = '', method = 'post', target = '', formId = 'gateway', param = {} } = data
  const popup = popups.of(pgProvider, device, dialog)
  const form = addForm(dialog.element, { action, method, target, name: formId, fields: param })
  if (popup) popup.impUid = String(param.impUid ?? '')
  if (hasScript(pgProvider) && !popup?.isWanted) return openByScript(form, data, dialog)
  if (pgProvider === 'chai' && popup?.window) form.target = popup.name
  form.submit()
  if (device === 'mobile' && isWholePage(target)) dialog.close()
  return undefined
}

/** Does what a frame asks for. @returns whether that was all, so that the payment goes on */
export function obey(action: string, data: Data, stage: Stage): boolean {
  const opening = openings[action]
  if (opening) {
    void opening(data, stage)
    return true
  }
  const { popups } = stage
  const [provider = ''] = action.split('.')
  if (/\.modal\.(close|error)$/.test(action)) popups.used(provider).close()
  const { pg_provider = '' } = data
  if (action === 'done' && ['eximbay', 'shinhan'].includes(pg_provider)) {
    // Without a popup there is nothing to close, and upstream fails here.
    popups.used(pg_provider).closeUnwatched()
  }
  return false
}

import type { Device } from '../engine/window-modes.ts'
import type { Dialog } from './dialog.ts'
import type { FrameData } from './frame-message.ts'
import { hasScript, openByScript, openNaverLayer } from './gateway-scripts.ts'
import type { Popup, Popups } from './popups.ts'
import { addForm } from './post-form.ts'
import { popupBlocked } from './texts.ts'

export interface ActionContext {
  device: Device
  dialog: Dialog
  popups: Popups
}

type Action = (data: FrameData, context: ActionContext) => unknown

/** As upstream, throws if the popup was blocked. */
function navigate({ window: popup }: Popup, address = ''): void {
  ;(popup as Window).location.href = address
}

const replacesPage = (target: string | undefined) => target === '_top' || target === '_self'

/** Actions by which a channel's iframe opens the window. The dialog stays open unless closed here. */
const openActions: Record<string, Action> = {
  'payco.modal': ({ orderUrl, impUid = null }, { popups }) => {
    const popup = popups.get('payco')
    popup.impUid = impUid
    navigate(popup, orderUrl)
  },
  'naverco.modal': ({ payUrl = '' }, { popups, dialog }) => {
    const popup = popups.get('naverco')
    if (popup.isEnabled) navigate(popup, payUrl)
    else location.href = payUrl
    dialog.close()
  },
  'naverpay.modal': ({ popupMode, payUrl = '', impUid = null }, { popups }) => {
    const popup = popups.get('naverpay')
    if (!popupMode || !popup.window) popup.dialog.close()
    if (!popupMode && window.top) window.top.location.href = payUrl
    else if (popup.window) {
      popup.impUid = impUid
      navigate(popup, payUrl)
    }
  },
  'naverpay.modal.v2': (data, { popups, device }) => {
    const popup = popups.get('naverpay')
    return openNaverLayer(data, popup, () => device === 'mobile' && popup.dialog.close())
  },
  'paypal.modal': ({ redirectUrl = '', impUid = null }, { popups }) => {
    const popup = popups.get('paypal')
    popup.impUid = impUid
    if (popup.window && popup.isEnabled) return navigate(popup, redirectUrl)
    popup.dialog.close()
    if (popup.isEnabled) alert(popupBlocked('en'))
    else location.href = redirectUrl
  },
  'settle.modal': ({ submitUrl = '', frmData, impUid = null }, { popups }) => {
    const { dialog, name } = Object.assign(popups.get('settle'), { impUid })
    addForm(dialog.element, {
      action: submitUrl,
      method: 'get',
      target: name,
      fields: frmData ?? {},
    }).submit()
  },
  'shinhan.modal': ({ submitUrl = '', frmData }, { popups }) => {
    const { dialog, name } = popups.get('shinhan')
    addForm(dialog.element, {
      action: submitUrl,
      method: 'get',
      target: name,
      fields: frmData ?? {},
    }).submit()
  },
  'eximbay.modal': ({ action = '', formData, impUid = null }, { popups }) => {
    const popup = popups.get('eximbay')
    const { dialog, name } = popup
    if (popup.isEnabled && !popup.window) return dialog.close()
    popup.impUid = impUid
    const target = popup.window ? name : '_self'
    addForm(dialog.element, { action, target, fields: formData ?? {} }).submit()
  },
  'daou.modal': ({ action = '', method = 'post', param, popup: inPopup, impUid = null }, { popups }) => {
    const { dialog, name } = Object.assign(popups.get('daou'), { impUid })
    const target = inPopup ? name : '_self'
    addForm(dialog.element, { action, method, target, fields: param ?? {} }).submit()
  },
  'inicis.mobile': ({ action = '', formData }, { dialog, device }) => {
    addForm(dialog.element, { action, target: '_top', fields: formData ?? {} }).submit()
    if (device === 'mobile') dialog.close()
  },
  'proxy.post': (data, context) => post(data, context),
}

function post(data: FrameData, { dialog, popups, device }: ActionContext): unknown {
  const { pgProvider = '', action = '', method = 'post', target = '', formId = 'gateway', param = {} } = data
  const popup = popups.getOrCreate(pgProvider, device, dialog)
  const form = addForm(dialog.element, { action, method, target, name: formId, fields: param })
  if (popup) popup.impUid = String(param.impUid ?? '')
  if (hasScript(pgProvider) && !popup?.isEnabled) return openByScript(form, data, dialog)
  if (pgProvider === 'chai' && popup?.window) form.target = popup.name
  form.submit()
  if (device === 'mobile' && replacesPage(target)) dialog.close()
  return undefined
}

/** Runs an action of a channel's iframe. Returns false for any other message, which ends the payment. */
export function handleAction(action: string, data: FrameData, context: ActionContext): boolean {
  const openAction = openActions[action]
  if (openAction) {
    void openAction(data, context)
    return true
  }
  const { popups } = context
  const [provider = ''] = action.split('.')
  if (/\.modal\.(close|error)$/.test(action)) popups.get(provider).close()
  const { pg_provider = '' } = data
  if (action === 'done' && ['eximbay', 'shinhan'].includes(pg_provider)) {
    // As upstream, throws without a popup.
    popups.get(pg_provider).closeSilently()
  }
  return false
}

// The parts of the flow that load with the late script: steps and effects after a window, and updates of an open
// tab.
import type { LinkView } from '../../contract/links/link-view.ts'
import { pendingPayment } from '../browser/address.ts'
import { closeWindow } from '../browser/close-window.ts'
import { schedule } from '../browser/device.ts'
import { openStream } from '../browser/event-stream.ts'
import type { PaymentWindow } from '../browser/payment-window.ts'
import { areChannelsRefused } from '../browser/refused-channels.ts'
import type { SdkProgress } from '../browser/sdk.ts'
import type { LateEffect } from '../flow/event.ts'
import { createFollower } from '../flow/follower.ts'
import type { Model } from '../flow/model.ts'
import type { Flow } from '../flow/run.ts'
import { stepAfterWindow } from '../flow/step-after-window.ts'

export interface WindowState {
  opened: PaymentWindow
  progress: SdkProgress
}

interface LatePartOptions {
  /** Origin of the edge; empty if it served the page. */
  base: string
  id: string
  visitor: string
  window: WindowState
  /** Parses stream data; default: the view of a bill. */
  parse?: (data: unknown) => LinkView | undefined
}

export function attachLatePart(flow: Flow, { base, id, visitor, window, parse }: LatePartOptions): void {
  const stream = `${base}/links/${id}/live?visitor=${visitor}`
  flow.attach({
    step: stepAfterWindow,
    run: lateEffects(base, id, window),
    createFollower: createFollower({
      openStream: (onView, onError) => openStream(stream, onView, onError, parse),
      isVisible: () => !document.hidden,
      schedule,
    }),
  })
  watchRefusedMerchant(flow)
}

/**
 * The SDK of an unknown merchant looks blocked. Enables the button, because the SDK reports the reason on a click.
 */
function watchRefusedMerchant({ model, dispatch }: Flow): void {
  let last: string | undefined
  const onModel = (model: Model) => {
    const state = 'checkoutState' in model ? model.checkoutState.sdk : undefined
    if (state === 'blocked' && last !== 'blocked')
      void areChannelsRefused().then((isRefused) => {
        if (isRefused) dispatch({ type: 'sdk', state: 'ready', active: false })
      })
    last = state
  }
  onModel(model.value)
  model.subscribe(onModel)
}

function lateEffects(base: string, id: string, { opened, progress }: WindowState) {
  return (effect: LateEffect): void => {
    switch (effect.do) {
      case 'close-window':
        closeWindow(opened, progress)
        return
      case 'forget-window':
        pendingPayment.clear(id)
        return
      case 'report-failure':
        // The SDK queues that request and would run it once channels load.
        if (effect.code === 'NOT_READY') progress.mayHoldRequest = true
        reportFailure(`${base}/links/${id}/window-failed`, effect.code, effect.method)
    }
  }
}

/** Fire and forget. */
function reportFailure(url: string, code: string, method: string): void {
  void fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    // The edge accepts only such codes.
    body: JSON.stringify({ code: code.replace(/[^\w-]/g, '_').slice(0, 40), method }),
    credentials: 'omit',
  }).catch(() => {})
}

// What the flow has done once there are screens.
import type { LateEffect } from './flow/event.ts'
import type { Model } from './flow/model.ts'
import type { Flow } from './flow/run.ts'
import { underWay } from './outside/address.ts'
import { closeWindow } from './outside/close-window.ts'
import type { OpenedWindow } from './outside/payment-window.ts'
import { areChannelsRefused } from './outside/refused-channels.ts'
import type { SdkProgress } from './outside/sdk.ts'

/** What the first script knows of the window that it opened. */
export interface WindowState {
  opened: OpenedWindow
  progress: SdkProgress
}

/** A merchant whom upstream does not know reads as blocked, until their customer can be told so by a press. */
export function watchBlocked({ model, tell }: Flow): void {
  let last: string | undefined
  const look = (now: Model) => {
    const state = 'desk' in now ? now.desk.sdk : undefined
    if (state === 'blocked' && last !== 'blocked')
      void areChannelsRefused().then((isRefused) => {
        if (isRefused) tell({ type: 'sdk', state: 'ready', active: false })
      })
    last = state
  }
  look(model.value)
  model.subscribe(look)
}

/** @param base of the edge; empty where it served the page */
export function lateEffects(base: string, id: string, { opened, progress }: WindowState) {
  return (effect: LateEffect): void => {
    switch (effect.do) {
      case 'close-window':
        closeWindow(opened, progress)
        return
      case 'forget-window':
        underWay.clear(id)
        return
      case 'tell-failure':
        // The SDK keeps that request all the same, and would carry it out once it has channels.
        if (effect.code === 'NOT_READY') progress.mayKeep = true
        tellFailure(`${base}/links/${id}/window-failed`, effect.code, effect.method)
    }
  }
}

/** Nothing waits for it, and nothing is said where it does not arrive. */
function tellFailure(url: string, code: string, method: string): void {
  void fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    // The edge takes nothing but a code here, however upstream writes its own.
    body: JSON.stringify({ code: code.replace(/[^\w-]/g, '_').slice(0, 40), method }),
    credentials: 'omit',
  }).catch(() => {})
}

// What comes with the screens: what the flow decides and has done from then on, and what keeps an open tab up to date.
import type { LinkView } from '../../contract/links/link-view.ts'
import { underWay } from '../browser/address.ts'
import { closeWindow } from '../browser/close-window.ts'
import { later } from '../browser/device.ts'
import { openStream } from '../browser/live.ts'
import type { OpenedWindow } from '../browser/payment-window.ts'
import { areChannelsRefused } from '../browser/refused-channels.ts'
import type { SdkProgress } from '../browser/sdk.ts'
import type { LateEffect } from '../flow/event.ts'
import { createFollower } from '../flow/follow.ts'
import type { Model } from '../flow/model.ts'
import type { Flow } from '../flow/run.ts'
import { stepAfter } from '../flow/step-after.ts'

/** What the first script knows of the window that it opened. */
export interface WindowState {
  opened: OpenedWindow
  progress: SdkProgress
}

interface LinkAtEdge {
  /** Of the edge; empty where it served the page. */
  base: string
  id: string
  visitor: string
  window: WindowState
  /** Understands what the stream tells; missing: the view of a bill. */
  parse?: (data: unknown) => LinkView | undefined
}

/** Gives the flow all that comes with the screens. */
export function learnLate(flow: Flow, { base, id, visitor, window, parse }: LinkAtEdge): void {
  const stream = `${base}/links/${id}/live?visitor=${visitor}`
  flow.learn({
    step: stepAfter,
    run: lateEffects(base, id, window),
    createFollower: createFollower({
      openStream: (told, cut) => openStream(stream, told, cut, parse),
      isSeen: () => !document.hidden,
      later,
    }),
  })
  watchBlocked(flow)
}

/** A merchant whom upstream does not know reads as blocked, until their customer can be told so by a press. */
function watchBlocked({ model, tell }: Flow): void {
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

function lateEffects(base: string, id: string, { opened, progress }: WindowState) {
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

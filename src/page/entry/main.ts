// The first script, written into the document: everything between a rendered bill and an open payment
// window, and no more. What draws the other screens comes after it (screens.tsx).
import screensUrl from 'virtual:screens'
import { isLanguage, type Language } from '../../contract/language.ts'
import {
  linkIdIn,
  rememberedLanguage,
  rememberLanguage,
  takeReturn,
  underWay,
  visitorId,
} from '../browser/address.ts'
import { type Boot, bootElementId, rootElementId } from '../browser/boot-data.ts'
import { later, untilIdle } from '../browser/device.ts'
import { edgeAt } from '../browser/edge.ts'
import { openedWindow, openWindow } from '../browser/payment-window.ts'
import { watchPerson } from '../browser/person.ts'
import { mayOpen } from '../browser/popup-blocker.ts'
import { loadSdk, sdkProgress } from '../browser/sdk.ts'
import { trustScripts } from '../browser/trust.ts'
import { firstModel, type Model } from '../flow/model.ts'
import { startFlow } from '../flow/run.ts'
import type { Stage } from './handover.ts'
import { opensItself } from './opens-itself.ts'
import { wireForm } from './wire-form.ts'
import '../styles/page.css'

const edgeBase = import.meta.env.VITE_EDGE_URL ?? ''

function begin(root: HTMLElement): void {
  const bootText = document.getElementById(bootElementId)?.textContent
  // Written by the edge that also serves this script: one build, one shape.
  const boot: Boot | null = bootText ? JSON.parse(bootText) : null
  // Before anything else: no later script may find the gateway's answer in the address.
  const asked = new URLSearchParams(location.search).get('lang')
  if (isLanguage(asked)) rememberLanguage(asked)
  const came = takeReturn(location, history)
  if (boot) trustScripts()
  const id = boot?.view?.id ?? linkIdIn(location)
  const wishes = { chosen: asked ?? rememberedLanguage(), accepted: navigator.languages.join() }
  // A static host's page shows nothing before the screens, which know what the customer reads.
  const spoken: { language: Language } = { language: boot?.language ?? 'ko' }
  const first: Model = boot ? firstModel(boot.view, boot.returning) : { at: 'loading', charge: 'unknown' }

  const visitor = visitorId()
  const flow = startFlow(first, {
    edge: edgeAt(edgeBase, fetch.bind(window), visitor),
    id,
    language: () => spoken.language,
    now: () => Date.now(),
    loadSdk: ({ sdk }, tell) => untilIdle(() => loadSdk(sdk, edgeBase || location.href, tell)),
    openWindow,
    underWay,
    mayOpen,
    later,
  })
  const { model, tell } = flow

  const unwire = wireForm(root, flow)
  model.subscribe((now) => {
    if (opensItself(now, id)) queueMicrotask(() => tell({ type: 'pressed' }))
  })
  watchPerson({
    intent: () => tell({ type: 'intent' }),
    seenAgain: flow.look,
    hidden: flow.rest,
    revived: () => (underWay.has(id) ? location.reload() : flow.look()),
  })
  tell(came || underWay.has(id) ? { type: 'returned', impUid: came?.impUid } : { type: 'begun' })

  const isHurried = () => !boot || model.value.at !== 'open'
  const pause = () => new Promise<void>((resolve) => (isHurried() ? resolve() : untilIdle(resolve)))
  const stage: Stage = {
    root,
    boot,
    first,
    flow,
    id,
    visitor,
    window: { opened: openedWindow, progress: sdkProgress },
    spoken,
    wishes,
    takeOver: unwire,
    pause,
  }
  void pause().then(() => loadScreens(stage))
}

/** Tries for ever, ever more rarely: without the screens nobody can be told what happened. */
async function loadScreens(stage: Stage, pauseMs = 1_000): Promise<void> {
  try {
    // A failed import is remembered by its address, so another try needs another one.
    const { draw } = await import(/* @vite-ignore */ `${screensUrl}${pauseMs > 1_000 ? `?${pauseMs}` : ''}`)
    await draw(stage)
  } catch {
    later(pauseMs, () => void loadScreens(stage, Math.min(pauseMs * 2, 60_000)))
  }
}

const root = document.getElementById(rootElementId)
if (root) begin(root)

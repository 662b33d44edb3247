// The first script, inlined into the document: everything between the rendered bill and an open payment window. The
// late script draws the other screens.
import screensUrl from 'virtual:screens'
import { isLanguage, type Language } from '../../contract/language.ts'
import {
  linkIdIn,
  pendingPayment,
  rememberedLanguage,
  rememberLanguage,
  takeGatewayResult,
  visitorId,
} from '../browser/address.ts'
import { type Boot, bootElementId, rootElementId } from '../browser/boot-data.ts'
import { schedule, untilIdle } from '../browser/device.ts'
import { createEdgeClient } from '../browser/edge-client.ts'
import { openWindow, paymentWindow } from '../browser/payment-window.ts'
import { mayOpen } from '../browser/popup-blocker.ts'
import { watchPresence } from '../browser/presence.ts'
import { loadSdk, sdkProgress } from '../browser/sdk.ts'
import { installTrustedTypesPolicy } from '../browser/trusted-types.ts'
import { firstModel, type Model } from '../flow/model.ts'
import { startFlow } from '../flow/run.ts'
import { shouldAutoOpen } from './auto-open.ts'
import type { Handover } from './handover.ts'
import { wireForm } from './wire-form.ts'
import '../styles/page.css'

const edgeBase = import.meta.env.VITE_EDGE_URL ?? ''

function start(root: HTMLElement): void {
  const bootText = document.getElementById(bootElementId)?.textContent
  // Document and script come from the same build.
  const boot: Boot | null = bootText ? JSON.parse(bootText) : null
  // First, so that no later script can read the gateway's result from the address.
  const languageParam = new URLSearchParams(location.search).get('lang')
  if (isLanguage(languageParam)) rememberLanguage(languageParam)
  const gatewayResult = takeGatewayResult(location, history)
  if (boot) installTrustedTypesPolicy()
  const id = boot?.view?.id ?? linkIdIn(location)
  const languagePreferences = {
    chosen: languageParam ?? rememberedLanguage(),
    accepted: navigator.languages.join(),
  }
  // On a static host nothing is shown before the late script, which detects the language.
  const currentLanguage: { language: Language } = { language: boot?.language ?? 'ko' }
  const first: Model = boot ? firstModel(boot.view, boot.returning) : { at: 'loading', charge: 'unknown' }

  const visitor = visitorId()
  const flow = startFlow(first, {
    edge: createEdgeClient(edgeBase, fetch.bind(window), visitor),
    id,
    language: () => currentLanguage.language,
    now: () => Date.now(),
    loadSdk: ({ sdk }, dispatch) => untilIdle(() => loadSdk(sdk, edgeBase || location.href, dispatch)),
    openWindow,
    pendingPayment,
    mayOpen,
    schedule,
  })
  const { model, dispatch } = flow

  const unwire = wireForm(root, flow)
  model.subscribe((now) => {
    if (shouldAutoOpen(now, id)) queueMicrotask(() => dispatch({ type: 'pressed' }))
  })
  watchPresence({
    intent: () => dispatch({ type: 'intent' }),
    visible: flow.refresh,
    hidden: flow.disconnect,
    restored: () => (pendingPayment.has(id) ? location.reload() : flow.refresh()),
  })
  dispatch(
    gatewayResult || pendingPayment.has(id)
      ? { type: 'returned', impUid: gatewayResult?.impUid }
      : { type: 'started' },
  )

  const isUrgent = () => !boot || model.value.at !== 'open'
  const yieldToBrowser = () => new Promise<void>((resolve) => (isUrgent() ? resolve() : untilIdle(resolve)))
  const handover: Handover = {
    root,
    boot,
    first,
    flow,
    id,
    visitor,
    window: { opened: paymentWindow, progress: sdkProgress },
    currentLanguage,
    languagePreferences,
    releaseForm: unwire,
    yieldToBrowser,
  }
  void yieldToBrowser().then(() => loadScreens(handover))
}

/** Retries forever with backoff, because results cannot be shown without the late script. */
async function loadScreens(handover: Handover, pauseMs = 1_000): Promise<void> {
  try {
    // Browsers cache a failed import by URL.
    const { draw } = await import(/* @vite-ignore */ `${screensUrl}${pauseMs > 1_000 ? `?${pauseMs}` : ''}`)
    await draw(handover)
  } catch {
    schedule(pauseMs, () => void loadScreens(handover, Math.min(pauseMs * 2, 60_000)))
  }
}

const root = document.getElementById(rootElementId)
if (root) start(root)

// The only script of the registration page: hydrates the document and runs the flow.
import { computed, effect, signal } from '@preact/signals'
import { hydrate } from 'preact'
import { isLanguage, type Language } from '../../contract/language.ts'
import { pendingPayment, rememberLanguage, takeGatewayResult, visitorId } from '../browser/address.ts'
import { bootElementId, rootElementId } from '../browser/boot-data.ts'
import { copyText, schedule } from '../browser/device.ts'
import { externalBrowserLink } from '../browser/external-browser.ts'
import { openWindow, paymentWindow } from '../browser/payment-window.ts'
import { mayOpen } from '../browser/popup-blocker.ts'
import { watchPresence } from '../browser/presence.ts'
import { loadSdk, sdkProgress } from '../browser/sdk.ts'
import { installTrustedTypesPolicy } from '../browser/trusted-types.ts'
import { createLocaleSignal, ownZone } from '../components/locale-signal.ts'
import { drawWindowBar } from '../components/notices/window-bar.tsx'
import type { Device, Page } from '../components/page-context.ts'
import { attachLatePart } from '../entry/late-effects.ts'
import { firstModel, type Model } from '../flow/model.ts'
import { startFlow } from '../flow/run.ts'
import { CardApp } from './app.tsx'
import type { CardPage } from './context.ts'
import type { CardBoot } from './document.ts'
import { createCardEdgeClient, parseStreamView } from './edge-client.ts'
import { termsOf, toFlow } from './view.ts'
import '../styles/page.css'
import './card.css'

function start(root: HTMLElement, boot: CardBoot): void {
  // First, so that no later script can read the gateway's result from the address.
  const languageParam = new URLSearchParams(location.search).get('lang')
  if (isLanguage(languageParam)) rememberLanguage(languageParam)
  const gatewayResult = takeGatewayResult(location, history)
  installTrustedTypesPolicy()
  const { id } = boot.view
  const view = toFlow(boot.view)
  const { form } = termsOf(view)
  const currentLanguage = { language: boot.language }
  const visitor = visitorId()
  const first = firstModel(view, boot.returning)
  const card = signal<CardPage>({ ready: false, exists: false })
  const edge = createCardEdgeClient('', fetch.bind(window), visitor, () => {
    card.value = { ...card.value, exists: true }
  })
  const flow = startFlow(first, {
    edge,
    id,
    language: () => currentLanguage.language,
    now: () => Date.now(),
    loadSdk: ({ sdk }, dispatch) => {
      if (!form) loadSdk(sdk, location.href, dispatch)
    },
    openWindow,
    pendingPayment,
    mayOpen,
    schedule,
  })
  const windowState = { opened: paymentWindow, progress: sdkProgress }
  attachLatePart(flow, { base: '', id, visitor, window: windowState, parse: parseStreamView })
  card.value = {
    ...card.value,
    async send(request) {
      // A reload now shows the result instead of the form.
      pendingPayment.mark(id)
      const result = await edge.sendCard(id, request)
      const isOpen = result === 'unknown' || ('attempt' in result && result.attempt.outcome === 'pending')
      if (!isOpen) pendingPayment.clear(id)
      return result
    },
  }

  const { locale, setLanguage, applyOwnZone } = createLocaleSignal(currentLanguage, ownZone())
  const model = signal<Model>(first)
  const device = signal<Device>({
    url: location.origin + location.pathname,
    externalBrowser: null,
    age: 0,
    copy: copyText,
    switchLanguage: () => changeLanguage(locale.value.language === 'ko' ? 'en' : 'ko'),
  })
  const page = computed<Page>(() => ({ locale: locale.value, device: device.value, dispatch: flow.dispatch }))
  hydrate(<CardApp model={model} page={page} card={card} />, root)
  applyOwnZone()
  drawWindowBar(model, page, { group: 'card', opened: paymentWindow })
  card.value = { ...card.value, ready: true }
  device.value = { ...device.value, externalBrowser: externalBrowserLink(navigator.userAgent, location.href) }
  flow.model.subscribe((now) => {
    model.value = now
  })

  function changeLanguage(next: Language): void {
    setLanguage(next)
    rememberLanguage(next)
    flow.dispatch({ type: 'language_changed' })
    if (new URLSearchParams(location.search).has('lang'))
      history.replaceState(null, '', `${location.pathname}?lang=${next}`)
  }

  const viewedAt = computed(() => ('view' in model.value ? model.value.view?.now : undefined))
  let seenAt = performance.now()
  const updateAge = () => {
    device.value = { ...device.peek(), age: performance.now() - seenAt }
  }
  effect(() => {
    if (!viewedAt.value) return
    seenAt = performance.now()
    updateAge()
  })
  setInterval(updateAge, 10_000)

  watchPresence({
    intent: () => form || flow.dispatch({ type: 'intent' }),
    visible: flow.refresh,
    hidden: flow.disconnect,
    restored: () => location.reload(),
  })
  // If a card may have been sent, find out the result first.
  const mayBePending = gatewayResult !== null || pendingPayment.has(id) || termsOf(view).asking === true
  flow.dispatch(mayBePending ? { type: 'returned', impUid: gatewayResult?.impUid } : { type: 'started' })
}

const root = document.getElementById(rootElementId)
const boot = document.getElementById(bootElementId)?.textContent
// Document and script come from the same build.
if (root && boot) start(root, JSON.parse(boot))

// The one script of a registration's page: takes the rendered document over, and draws what comes after.
import { computed, effect, signal } from '@preact/signals'
import { hydrate } from 'preact'
import { isLanguage, type Language } from '../../contract/language.ts'
import { rememberLanguage, takeReturn, underWay, visitorId } from '../browser/address.ts'
import { bootElementId, rootElementId } from '../browser/boot-data.ts'
import { copyText, later } from '../browser/device.ts'
import { wayOut } from '../browser/in-app.ts'
import { openedWindow, openWindow } from '../browser/payment-window.ts'
import { watchPerson } from '../browser/person.ts'
import { mayOpen } from '../browser/popup-blocker.ts'
import { loadSdk, sdkProgress } from '../browser/sdk.ts'
import { trustScripts } from '../browser/trust.ts'
import { createSpeaker, ownZone } from '../components/locale-signal.ts'
import { drawWindowBar } from '../components/notices/window-bar.tsx'
import type { Device, Page } from '../components/page-context.ts'
import { learnLate } from '../entry/late-effects.ts'
import { firstModel, type Model } from '../flow/model.ts'
import { startFlow } from '../flow/run.ts'
import { CardApp } from './app.tsx'
import type { CardBoot } from './boot.ts'
import type { CardPage } from './context.ts'
import { termsOf, toFlow } from './view.ts'
import { cardEdgeAt, parseTold } from './world.ts'
import '../styles/page.css'
import './card.css'

function begin(root: HTMLElement, boot: CardBoot): void {
  // Before anything else: no later script may find the gateway's answer in the address.
  const asked = new URLSearchParams(location.search).get('lang')
  if (isLanguage(asked)) rememberLanguage(asked)
  const came = takeReturn(location, history)
  trustScripts()
  const { id } = boot.view
  const view = toFlow(boot.view)
  const { form } = termsOf(view)
  const spoken = { language: boot.language }
  const visitor = visitorId()
  const first = firstModel(view, boot.returning)
  const card = signal<CardPage>({ ready: false, exists: false })
  const edge = cardEdgeAt('', fetch.bind(window), visitor, () => {
    card.value = { ...card.value, exists: true }
  })
  const flow = startFlow(first, {
    edge,
    id,
    language: () => spoken.language,
    now: () => Date.now(),
    loadSdk: ({ sdk }, tell) => {
      if (!form) loadSdk(sdk, location.href, tell)
    },
    openWindow,
    underWay,
    mayOpen,
    later,
  })
  const opening = { opened: openedWindow, progress: sdkProgress }
  learnLate(flow, { base: '', id, visitor, window: opening, parse: parseTold })
  card.value = {
    ...card.value,
    async send(request) {
      // Whoever reloads meanwhile is told what became of it, not asked for the card again.
      underWay.mark(id)
      const sent = await edge.sendCard(id, request)
      const isOpen = sent === 'unknown' || ('attempt' in sent && sent.attempt.outcome === 'pending')
      if (!isOpen) underWay.clear(id)
      return sent
    },
  }

  const { reader, speak, comeHome } = createSpeaker(spoken, ownZone())
  const model = signal<Model>(first)
  const device = signal<Device>({
    url: location.origin + location.pathname,
    wayOut: null,
    age: 0,
    copy: copyText,
    switchLanguage: () => choose(reader.value.language === 'ko' ? 'en' : 'ko'),
  })
  const page = computed<Page>(() => ({ reader: reader.value, device: device.value, tell: flow.tell }))
  hydrate(<CardApp model={model} page={page} card={card} />, root)
  comeHome()
  drawWindowBar(model, page, { group: 'card', opened: openedWindow })
  card.value = { ...card.value, ready: true }
  device.value = { ...device.value, wayOut: wayOut(navigator.userAgent, location.href) }
  flow.model.subscribe((now) => {
    model.value = now
  })

  function choose(next: Language): void {
    speak(next)
    rememberLanguage(next)
    flow.tell({ type: 'spoke' })
    if (new URLSearchParams(location.search).has('lang'))
      history.replaceState(null, '', `${location.pathname}?lang=${next}`)
  }

  const seen = computed(() => ('view' in model.value ? model.value.view?.now : undefined))
  let seenAt = performance.now()
  const grow = () => {
    device.value = { ...device.peek(), age: performance.now() - seenAt }
  }
  effect(() => {
    if (!seen.value) return
    seenAt = performance.now()
    grow()
  })
  setInterval(grow, 10_000)

  watchPerson({
    intent: () => form || flow.tell({ type: 'intent' }),
    seenAgain: flow.look,
    hidden: flow.rest,
    revived: () => location.reload(),
  })
  // Where a card may be on its way, whoever sent it, the first thing to know is what became of it.
  const isUnderWay = came !== null || underWay.has(id) || termsOf(view).asking === true
  flow.tell(isUnderWay ? { type: 'returned', impUid: came?.impUid } : { type: 'begun' })
}

const root = document.getElementById(rootElementId)
const boot = document.getElementById(bootElementId)?.textContent
// Written by the edge that also serves this script: one build, one shape.
if (root && boot) begin(root, JSON.parse(boot))

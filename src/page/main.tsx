// The browser's entry. With a document from the edge it takes over what is there; on a static host it begins empty.
import { computed, effect, signal } from '@preact/signals'
import { hydrate, render } from 'preact'
import { chooseLanguage, isLanguage, type Language } from '../contract/language.ts'
import { App } from './app.tsx'
import { type Boot, bootElementId, rootElementId } from './boot.ts'
import { firstModel, type Model } from './flow/model.ts'
import { needsPress } from './flow/popup.ts'
import { startFlow } from './flow/run.ts'
import { opensItself } from './opens-itself.ts'
import { linkIdIn, rememberedLanguage, rememberLanguage, takeReturn, underWay } from './outside/address.ts'
import { copyText, isMobile, later, untilIdle } from './outside/device.ts'
import { edgeAt } from './outside/edge.ts'
import { wayOut } from './outside/in-app.ts'
import { watchPerson } from './outside/person.ts'
import { loadSdk, openWindow } from './outside/sdk.ts'
import type { Device, Page } from './page.ts'
import { createSpeaker } from './speaker.ts'
import { loadWords } from './words.ts'
import './style/page.css'

const edgeBase = import.meta.env.VITE_EDGE_URL ?? ''
const bootText = document.getElementById(bootElementId)?.textContent
// Written by the edge that also serves this script: one build, one shape.
const boot: Boot | null = bootText ? JSON.parse(bootText) : null

// Before anything else: no later script may find the gateway's answer in the address.
const asked = new URLSearchParams(location.search).get('lang')
const came = takeReturn(location, history)
const id = boot?.view?.id ?? linkIdIn(location)
const wishes = { chosen: asked ?? rememberedLanguage(), accepted: navigator.languages.join() }

async function start(root: HTMLElement): Promise<void> {
  const language = boot?.language ?? chooseLanguage(wishes)
  const { reader, speak, comeHome } = createSpeaker(language, boot?.words ?? (await loadWords(language)))
  const first: Model = boot ? firstModel(boot.view, boot.returning) : { at: 'loading' }

  const flow = startFlow(first, {
    edge: edgeAt(edgeBase, fetch.bind(window)),
    id,
    language: () => reader.value.language,
    now: () => Date.now(),
    loadSdk: ({ sdk }, tell) =>
      untilIdle(() => loadSdk({ ...sdk, url: new URL(sdk.url, edgeBase || location.href).href }, tell)),
    openWindow,
    underWay,
    mayOpen: (method, view) =>
      navigator.userActivation?.isActive === true ||
      !needsPress(view.methods.find(({ key }) => key === method)?.provider, isMobile()),
    later,
  })
  const { model, tell } = flow

  async function choose(next: Language): Promise<void> {
    await speak(next)
    rememberLanguage(next)
    if (asked) history.replaceState(null, '', `${location.pathname}?lang=${next}${location.hash}`)
  }
  const device = signal<Device>({
    url: location.origin + location.pathname + location.hash,
    wayOut: null,
    age: 0,
  })
  const page = computed<Page>(() => ({ reader: reader.value, device: device.value, tell }))

  // The very tree that the edge rendered; what only a browser knows comes a moment later.
  if (boot) hydrate(<App model={model} page={page} ready={false} />, root)
  comeHome()
  device.value = {
    ...device.value,
    wayOut: wayOut(navigator.userAgent, location.href),
    copy: copyText,
    switchLanguage() {
      const other = reader.value.language === 'ko' ? 'en' : 'ko'
      choose(other).catch(() => location.assign(`?lang=${other}`))
    },
  }
  render(<App model={model} page={page} ready={true} />, root)
  if (isLanguage(asked)) rememberLanguage(asked)

  effect(() => {
    if (opensItself(model.value, id)) queueMicrotask(() => tell({ type: 'pressed' }))
  })
  watchView()

  if (came || underWay.has(id)) tell({ type: 'returned', impUid: came?.impUid })
  else tell({ type: 'begun' })

  watchPerson({
    intent: () => tell({ type: 'intent' }),
    seenAgain: flow.look,
    revived: () => (underWay.has(id) ? location.reload() : flow.look()),
  })
  untilIdle(() => void loadWords(reader.value.language === 'ko' ? 'en' : 'ko').catch(() => {}))

  /** Follows the view that is shown: its title, its age and, on a static host, the merchant's wish. */
  function watchView(): void {
    const view = computed(() => ('view' in model.value ? model.value.view : null))
    const seen = computed(() => view.value?.now)
    let seenAt = performance.now()
    let isFirst = !boot
    const grow = () => {
      device.value = { ...device.peek(), age: performance.now() - seenAt }
    }
    effect(() => {
      if (!seen.value) return
      seenAt = performance.now()
      grow()
      const bill = view.peek()
      if (!bill) return
      document.title = bill.title
      if (isFirst) void speak(chooseLanguage({ ...wishes, display: bill.display_language }))
      isFirst = false
    })
    setInterval(grow, 10_000)
  }
}

const root = document.getElementById(rootElementId)
if (root) void start(root)

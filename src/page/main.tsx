import { effect, signal } from '@preact/signals'
import { hydrate, render } from 'preact'
import { chooseLanguage, type Language } from '../contract/language.ts'
import { homeZone } from '../contract/when.ts'
import type { Words } from '../contract/words/words.ts'
import { App } from './app.tsx'
import { type Boot, bootElementId, rootElementId } from './boot.ts'
import { firstModel, type Model } from './flow/model.ts'
import { needsPress } from './flow/popup.ts'
import { startFlow } from './flow/run.ts'
import {
  linkIdIn,
  openedItself,
  rememberedLanguage,
  rememberLanguage,
  takeReturn,
  underWay,
} from './outside/address.ts'
import { copyText, later, untilIdle } from './outside/device.ts'
import { edgeAt } from './outside/edge.ts'
import { wayOut } from './outside/in-app.ts'
import { watchPerson } from './outside/person.ts'
import { loadSdk, openWindow } from './outside/sdk.ts'
import type { Device, Page } from './page.ts'
import { readerOf } from './reader.ts'
import { loadWords } from './words.ts'
import './style/page.css'

const isMobile = /iPhone|iPad|iPod|Android|Mobile/i.test(navigator.userAgent)
const root = document.getElementById(rootElementId)
const bootText = document.getElementById(bootElementId)?.textContent
// Written by the edge that also serves this script: one build, one shape.
const boot: Boot | null = bootText ? JSON.parse(bootText) : null

// Before anything else: no later script may find the gateway's answer in the address.
const asked = new URLSearchParams(location.search).get('lang')
const came = takeReturn(location, history)
const id = boot?.view?.id ?? linkIdIn(location)

async function start(root: HTMLElement): Promise<void> {
  let language: Language =
    boot?.language ??
    chooseLanguage({ chosen: asked ?? rememberedLanguage(), accepted: navigator.languages.join() })
  let words: Words = boot?.words ?? (await loadWords(language))
  let zone = homeZone
  const first: Model = boot ? firstModel(boot.view, boot.returning) : { at: 'loading' }

  const flow = startFlow(first, {
    edge: edgeAt(import.meta.env.VITE_EDGE_URL ?? '', fetch.bind(window)),
    id,
    language: () => language,
    now: () => Date.now(),
    loadSdk: (view, tell) => untilIdle(() => loadSdk(view.sdk, tell)),
    openWindow,
    underWay,
    mayOpen: (method, view) =>
      navigator.userActivation?.isActive === true ||
      !needsPress(view.methods.find(({ key }) => key === method)?.provider, isMobile),
    later,
  })

  const device = signal<Device>({
    url: location.origin + location.pathname,
    wayOut: null,
    age: 0,
    copy: copyText,
  })
  const page = signal<Page>(pageNow())
  function pageNow(): Page {
    return { reader: readerOf(language, words, zone), device: device.value, tell: flow.tell }
  }
  const show = () => {
    page.value = pageNow()
    document.documentElement.lang = language
    const model = flow.model.value
    if ('view' in model && model.view) document.title = model.view.title
  }

  async function speak(next: Language): Promise<void> {
    words = await loadWords(next)
    language = next
    rememberLanguage(next)
    if (asked) history.replaceState(null, '', `${location.pathname}?lang=${next}${location.hash}`)
    show()
  }
  const switchLanguage = () => {
    const other = language === 'ko' ? 'en' : 'ko'
    speak(other).catch(() => location.assign(`?lang=${other}`))
  }

  // The very tree that the edge rendered; what only a browser knows comes a moment later.
  const tree = (ready: boolean) => <App model={flow.model} page={page} ready={ready} />
  if (boot) hydrate(tree(false), root)
  zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? homeZone
  device.value = { ...device.value, wayOut: wayOut(navigator.userAgent, location.href), switchLanguage }
  show()
  render(tree(true), root)
  if (asked === 'ko' || asked === 'en') rememberLanguage(asked)

  let opened = ''
  let seen = ''
  let seenAt = performance.now()
  const grow = () => {
    device.value = { ...device.value, age: performance.now() - seenAt }
    show()
  }
  effect(() => {
    const model = flow.model.value
    const now = 'view' in model && model.view ? model.view.now : ''
    if (now !== seen) {
      seen = now
      seenAt = performance.now()
      device.value = { ...device.peek(), age: 0 }
      show()
    }
    if (model.at !== 'open' || !model.view.direct || model.desk.sdk !== 'ready' || opened === id) return
    opened = id
    if (openedItself.has(id) || needsPress(model.view.methods[0]?.provider, isMobile)) return
    openedItself.mark(id)
    queueMicrotask(() => flow.tell({ type: 'pressed' }))
  })
  setInterval(grow, 10_000)

  if (came || underWay.has(id)) flow.tell({ type: 'returned', impUid: came?.impUid })
  else if (first.at === 'loading') flow.tell({ type: 'again' })
  else if (first.at === 'open')
    untilIdle(() => loadSdk(first.view.sdk, (state) => flow.tell({ type: 'sdk', state })))

  watchPerson({
    intent: () => flow.tell({ type: 'intent' }),
    seenAgain: flow.look,
    revived: () => (underWay.has(id) ? location.reload() : flow.look()),
  })
  untilIdle(() => void loadWords(language === 'ko' ? 'en' : 'ko').catch(() => {}))
}

if (root) void start(root)

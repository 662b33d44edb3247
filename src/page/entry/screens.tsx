// What comes after the first script: draws every screen from the flow's model, and takes the rendered bill over.
import { computed, effect, signal } from '@preact/signals'
import { hydrate, render } from 'preact'
import { chooseLanguage, type Language } from '../../contract/language.ts'
import { rememberLanguage } from '../browser/address.ts'
import { copyText } from '../browser/device.ts'
import { wayOut } from '../browser/in-app.ts'
import { createSpeaker, ownZone } from '../components/locale-signal.ts'
import { drawWindowBar } from '../components/notices/window-bar.tsx'
import type { Device, Page } from '../components/page-context.ts'
import extrasStyle from '../extras/extras.css?url'
import { App } from '../screens/app.tsx'
import type { Stage } from './handover.ts'
import { learnLate } from './late-effects.ts'

/** In steps, with pauses between them: at once they would hold up a press on a slow phone. */
export async function draw({
  root,
  boot,
  first,
  flow,
  id,
  visitor,
  window: windowState,
  spoken,
  wishes,
  takeOver,
  pause,
}: Stage): Promise<void> {
  if (!boot) spoken.language = chooseLanguage(wishes)
  await pause()
  // The first use of Intl reads a calendar from disk.
  const { reader, speak, comeHome } = createSpeaker(spoken, ownZone())
  await pause()
  takeOver()
  const model = signal(first)
  const device = signal<Device>({
    url: location.origin + location.pathname + location.hash,
    wayOut: null,
    age: 0,
    copy: copyText,
    switchLanguage: () => choose(reader.value.language === 'ko' ? 'en' : 'ko'),
  })
  const page = computed<Page>(() => ({
    reader: reader.value,
    device: device.value,
    tell: flow.tell,
    ...(import.meta.env.EXTRAS ? { returning: boot?.returning === true } : {}),
  }))
  const app = <App model={model} page={page} ready={true} />

  // The very tree that the edge rendered; what only a browser knows comes a moment later.
  if (import.meta.env.EXTRAS && !boot) addStyle(extrasStyle)
  if (boot) hydrate(app, root)
  else render(app, root)
  comeHome()
  drawWindowBar(model, page, { group: 'open', opened: windowState.opened })
  learnLate(flow, { base: import.meta.env.VITE_EDGE_URL ?? '', id, visitor, window: windowState })
  const out = wayOut(navigator.userAgent, location.href)
  if (out) device.value = { ...device.value, wayOut: out }
  model.value = flow.model.value
  flow.model.subscribe((now) => {
    model.value = now
  })

  function choose(next: Language): void {
    speak(next)
    rememberLanguage(next)
    flow.tell({ type: 'spoke' })
    if (new URLSearchParams(location.search).has('lang')) {
      history.replaceState(null, '', `${location.pathname}?lang=${next}${location.hash}`)
    }
  }

  const view = computed(() => ('view' in model.value ? model.value.view : null))
  const seen = computed(() => view.value?.now)
  let seenAt = performance.now()
  let isFirst = !boot
  const grow = () => {
    device.value = { ...device.peek(), age: performance.now() - seenAt }
  }
  // Every new view starts its age anew. On a static host the first one also brings the merchant's wish.
  effect(() => {
    if (!seen.value) return
    seenAt = performance.now()
    if (device.peek().age > 0) grow()
    const bill = view.peek()
    if (!bill) return
    document.title = bill.title
    if (isFirst) speak(chooseLanguage({ ...wishes, display: bill.display_language }))
    isFirst = false
  })
  setInterval(grow, 10_000)
}

/** A document of the edge has it written in. */
function addStyle(url: string): void {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = url
  document.head.append(link)
}

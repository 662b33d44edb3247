// The late script: hydrates the rendered bill and draws every screen from the flow's model.
import { computed, effect, signal } from '@preact/signals'
import { hydrate, render } from 'preact'
import { chooseLanguage, type Language } from '../../contract/language.ts'
import { rememberLanguage } from '../browser/address.ts'
import { copyText } from '../browser/device.ts'
import { externalBrowserLink } from '../browser/external-browser.ts'
import { createLocaleSignal, ownZone } from '../components/locale-signal.ts'
import { drawWindowBar } from '../components/notices/window-bar.tsx'
import type { Device, Page } from '../components/page-context.ts'
import extrasStyle from '../extras/extras.css?url'
import { App } from '../screens/app.tsx'
import type { Handover } from './handover.ts'
import { attachLatePart } from './late-effects.ts'

/** Pauses between its steps keep clicks responsive on slow phones. */
export async function draw({
  root,
  boot,
  first,
  flow,
  id,
  visitor,
  window: windowState,
  currentLanguage,
  languagePreferences,
  releaseForm,
  yieldToBrowser,
}: Handover): Promise<void> {
  if (!boot) currentLanguage.language = chooseLanguage(languagePreferences)
  await yieldToBrowser()
  // The first use of Intl is slow.
  const { locale, setLanguage, applyOwnZone } = createLocaleSignal(currentLanguage, ownZone())
  await yieldToBrowser()
  releaseForm()
  const model = signal(first)
  const device = signal<Device>({
    url: location.origin + location.pathname + location.hash,
    externalBrowser: null,
    age: 0,
    copy: copyText,
    switchLanguage: () => switchLanguage(locale.value.language === 'ko' ? 'en' : 'ko'),
  })
  const page = computed<Page>(() => ({
    locale: locale.value,
    device: device.value,
    dispatch: flow.dispatch,
    ...(import.meta.env.EXTRAS ? { returning: boot?.returning === true } : {}),
  }))
  const app = <App model={model} page={page} ready={true} />

  // Hydrates exactly what the edge rendered; values known only to the browser follow.
  if (import.meta.env.EXTRAS && !boot) addStyle(extrasStyle)
  if (boot) hydrate(app, root)
  else render(app, root)
  applyOwnZone()
  drawWindowBar(model, page, { group: 'open', opened: windowState.opened })
  attachLatePart(flow, { base: import.meta.env.VITE_EDGE_URL ?? '', id, visitor, window: windowState })
  const out = externalBrowserLink(navigator.userAgent, location.href)
  if (out) device.value = { ...device.value, externalBrowser: out }
  model.value = flow.model.value
  flow.model.subscribe((now) => {
    model.value = now
  })

  function switchLanguage(next: Language): void {
    setLanguage(next)
    rememberLanguage(next)
    flow.dispatch({ type: 'language_changed' })
    if (new URLSearchParams(location.search).has('lang')) {
      history.replaceState(null, '', `${location.pathname}?lang=${next}${location.hash}`)
    }
  }

  const view = computed(() => ('view' in model.value ? model.value.view : null))
  const viewedAt = computed(() => view.value?.now)
  let seenAt = performance.now()
  let isFirst = !boot
  const updateAge = () => {
    device.value = { ...device.peek(), age: performance.now() - seenAt }
  }
  // A new view resets its age. On a static host the first one also brings `display_language`.
  effect(() => {
    if (!viewedAt.value) return
    seenAt = performance.now()
    if (device.peek().age > 0) updateAge()
    const bill = view.peek()
    if (!bill) return
    document.title = bill.title
    if (isFirst) setLanguage(chooseLanguage({ ...languagePreferences, display: bill.display_language }))
    isFirst = false
  })
  setInterval(updateAge, 10_000)
}

/** The edge inlines it otherwise. */
function addStyle(url: string): void {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = url
  document.head.append(link)
}

// A bar above the payment window with a way back. The page cannot tell a blank frame or an orphaned dialog from a
// working one, so every window gets the bar. It has its own strip and covers no window.
import { computed, effect, type ReadonlySignal } from '@preact/signals'
import { render } from 'preact'
import { watchWindow } from '../../browser/close-window.ts'
import type { PaymentWindow } from '../../browser/payment-window.ts'
import type { Model } from '../../flow/model.ts'
import css from '../../styles/window-bar.css?inline'
import type { Page } from '../page-context.ts'

const words = {
  open: { stuck: 'paying.stuck', back: 'paying.back' },
  card: { stuck: 'card.stuck', back: 'card.back' },
} as const

type BarWords = (typeof words)[keyof typeof words]

/** Shows the bar while a window is open; the page below is inert. */
export function drawWindowBar(
  model: ReadonlySignal<Model>,
  page: ReadonlySignal<Page>,
  { group, opened }: { group: keyof typeof words; opened: PaymentWindow },
): void {
  const bar = document.createElement('aside')
  bar.id = 'window-bar'
  bar.popover = 'manual'
  effect(() => render(<WindowBar page={page.value} words={words[group]} />, bar))
  const isPaying = computed(() => model.value.at === 'paying')
  effect(() => {
    document.body.classList.toggle('has-window', isPaying.value)
    if (!isPaying.value) {
      bar.remove()
      return
    }
    const stopWatching = watchWindow(opened)
    const place = () => {
      document.body.append(bar)
      bar.showPopover?.()
    }
    place()
    // Kept last in the document, so Tab reaches the gateway's window first.
    const childObserver = new MutationObserver(() => {
      const isLast = document.body.lastElementChild === bar
      if (!isLast && !bar.contains(document.activeElement)) place()
    })
    childObserver.observe(document.body, { childList: true })
    return () => {
      stopWatching()
      childObserver.disconnect()
    }
  })
}

function WindowBar({ page, words }: { page: Page; words: BarWords }) {
  const { t } = page.locale
  return (
    <>
      <style>{css}</style>
      <p>{t(words.stuck)}</p>
      <button type="button" onClick={() => page.dispatch({ type: 'retry' })}>
        {t(words.back)}
      </button>
    </>
  )
}

// The way back out of a payment window: a bar of its own height above whatever the SDK shows. A frame that stays blank
// or a dialog whose popup is gone looks, to this page, like one that works, so the bar is there for all of them, and
// gives them the rest of the screen instead of covering any.
import { computed, effect, type ReadonlySignal } from '@preact/signals'
import { render } from 'preact'
import { watchWindow } from '../../browser/close-window.ts'
import type { OpenedWindow } from '../../browser/payment-window.ts'
import type { Model } from '../../flow/model.ts'
import css from '../../styles/window-bar.css?inline'
import type { Page } from '../page-context.ts'

const words = {
  open: { stuck: 'paying.stuck', back: 'paying.back' },
  card: { stuck: 'card.stuck', back: 'card.back' },
} as const

type BarWords = (typeof words)[keyof typeof words]

/** While a window is open its customer has this bar; nothing of the page under it takes a key. */
export function drawWindowBar(
  model: ReadonlySignal<Model>,
  page: ReadonlySignal<Page>,
  { group, opened }: { group: keyof typeof words; opened: OpenedWindow },
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
    // Last in the document: Tab goes to the gateway's window first, and to the way back from there.
    const added = new MutationObserver(() => {
      const isLast = document.body.lastElementChild === bar
      if (!isLast && !bar.contains(document.activeElement)) place()
    })
    added.observe(document.body, { childList: true })
    return () => {
      stopWatching()
      added.disconnect()
    }
  })
}

function WindowBar({ page, words }: { page: Page; words: BarWords }) {
  const { say } = page.reader
  return (
    <>
      <style>{css}</style>
      <p>{say(words.stuck)}</p>
      <button type="button" onClick={() => page.tell({ type: 'again' })}>
        {say(words.back)}
      </button>
    </>
  )
}

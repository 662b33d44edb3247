// The way back out of a payment window: a bar of its own height above whatever the SDK shows. A frame that stays blank
// or a dialog whose popup is gone looks, to this page, like one that works, so the bar is there for all of them, and
// gives them the rest of the screen instead of covering any.
import { computed, effect, type ReadonlySignal } from '@preact/signals'
import { render } from 'preact'
import type { Model } from './flow/model.ts'
import { watchWindow } from './outside/close-window.ts'
import type { OpenedWindow } from './outside/payment-window.ts'
import type { Page } from './page.ts'
import css from './style/window-bar.css?inline'

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
  effect(() => {
    const isPaying = model.value.at === 'paying'
    render(<WindowBar page={page.value} isPaying={isPaying} words={words[group]} />, bar)
    // After the dialog in the document: Tab goes to the gateway's window first, and to the way back from there.
    if (isPaying && !document.body.classList.contains('has-window')) document.body.append(bar)
    document.body.classList.toggle('has-window', isPaying)
    if (isPaying) {
      // The SDK's dialog may be a child of the body that came later: the top layer is above all of them.
      bar.showPopover?.()
    } else bar.remove()
  })
  const isPaying = computed(() => model.value.at === 'paying')
  effect(() => (isPaying.value ? watchWindow(opened) : undefined))
}

function WindowBar({ page, isPaying, words }: { page: Page; isPaying: boolean; words: BarWords }) {
  const { say } = page.reader
  return (
    <>
      <style>{css}</style>
      {isPaying && (
        <>
          <p>{say(words.stuck)}</p>
          <button type="button" onClick={() => page.tell({ type: 'again' })}>
            {say(words.back)}
          </button>
        </>
      )}
    </>
  )
}

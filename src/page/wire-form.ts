import type { Flow } from './flow/run.ts'

/**
 * Brings the rendered bill to life before the screens arrive: choosing, pressing, and the button that says
 * it is working. A connection that is lost meanwhile is told in the sentence that the edge wrote for it.
 * @returns what hands the form over to the screens
 */
export function wireForm(root: HTMLElement, { model, tell }: Flow): () => void {
  const form = root.querySelector('.sheet')
  const main = root.querySelector('main')
  if (main) main.dataset.ready = 'true'
  const hands = new AbortController()
  const { signal } = hands
  form?.addEventListener(
    'submit',
    (submit) => {
      submit.preventDefault()
      tell({ type: 'pressed' })
    },
    { signal },
  )
  form?.addEventListener(
    'change',
    ({ target }) => tell({ type: 'chose', method: (target as HTMLInputElement).value }),
    {
      signal,
    },
  )
  const hint = form?.querySelector<HTMLElement>('#hint')
  const unsubscribe = model.subscribe((now) => {
    if (hint?.dataset.cut && (now.at === 'unreachable' || ('desk' in now && now.desk.trouble))) {
      hint.textContent = hint.dataset.cut
    }
    form?.querySelector('.primary')?.setAttribute('aria-busy', String('desk' in now && now.desk.wanted))
  })
  return () => {
    unsubscribe()
    hands.abort()
  }
}

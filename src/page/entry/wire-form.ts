import type { Flow } from '../flow/run.ts'

/**
 * Brings the rendered bill to life before the screens arrive: choosing, pressing, and the button that says
 * it is working. A connection that is lost meanwhile, and a window that is over, are told in sentences that the edge
 * wrote for that.
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
    const { cut, confirming } = hint?.dataset ?? {}
    const isAfter = now.at === 'confirming'
    const text = now.at === 'unreachable' || ('desk' in now && now.desk.trouble) ? cut : isAfter && confirming
    if (hint && text) hint.textContent = text
    const isBusy = isAfter || ('desk' in now && now.desk.wanted)
    form?.querySelector('.primary')?.setAttribute('aria-busy', String(isBusy))
  })
  return () => {
    unsubscribe()
    hands.abort()
  }
}

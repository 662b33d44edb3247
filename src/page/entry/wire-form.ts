import type { Flow } from '../flow/run.ts'

/**
 * Makes the rendered bill work before the late script arrives: selecting, paying, the busy button, and messages
 * that the edge wrote into the document.
 * @returns a function that removes the listeners
 */
export function wireForm(root: HTMLElement, { model, dispatch }: Flow): () => void {
  const form = root.querySelector('.sheet')
  const main = root.querySelector('main')
  if (main) main.dataset.ready = 'true'
  const controller = new AbortController()
  const { signal } = controller
  form?.addEventListener(
    'submit',
    (submit) => {
      submit.preventDefault()
      dispatch({ type: 'pressed' })
    },
    { signal },
  )
  form?.addEventListener(
    'change',
    ({ target }) => dispatch({ type: 'selected', method: (target as HTMLInputElement).value }),
    {
      signal,
    },
  )
  const hint = form?.querySelector<HTMLElement>('#hint')
  const unsubscribe = model.subscribe((now) => {
    const { unreachable, confirming } = hint?.dataset ?? {}
    const isConfirming = now.at === 'confirming'
    const text =
      now.at === 'unreachable' || ('checkoutState' in now && now.checkoutState.trouble)
        ? unreachable
        : isConfirming && confirming
    if (hint && text) hint.textContent = text
    const isBusy = isConfirming || ('checkoutState' in now && now.checkoutState.pending)
    form?.querySelector('.primary')?.setAttribute('aria-busy', String(isBusy))
  })
  return () => {
    unsubscribe()
    controller.abort()
  }
}

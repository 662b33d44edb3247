/** Never in the same call: upstream begins whatever it is asked for a moment later. */
export function whenReady(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState !== 'loading') setTimeout(resolve)
    else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true })
  })
}

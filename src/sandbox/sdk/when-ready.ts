/** As upstream, always asynchronous: resolves after DOMContentLoaded, or in a later task. */
export function whenReady(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState !== 'loading') setTimeout(resolve)
    else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true })
  })
}

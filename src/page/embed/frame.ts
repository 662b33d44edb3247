// Added to documents that a shop may embed, before the first script. Reports the screen's name to the shop, and
// nothing else.
import { bootElementId, rootElementId } from '../browser/boot-data.ts'
import { isMobile } from '../browser/device.ts'
import { type FrameMessage, resultStatuses } from './message.ts'

function start(root: HTMLElement, origins: readonly string[], link: string): void {
  document.documentElement.classList.add('framed', ...(isMobile() ? ['phone'] : []))
  // Safari and Chromium name the embedding origin. Elsewhere the browser delivers only to a matching target origin.
  const { ancestorOrigins } = location as { ancestorOrigins?: DOMStringList }
  const shop = ancestorOrigins?.[0]
  const targets = shop === undefined ? origins : origins.filter((origin) => origin === shop)
  const post = (message: FrameMessage) => {
    for (const origin of targets) parent.postMessage(message, origin)
  }

  new ResizeObserver(() => post({ dari: 'size', height: Math.ceil(root.scrollHeight) })).observe(root)

  let last = ''
  const report = () => {
    const screen = root.querySelector('main')?.dataset.screen ?? ''
    if (screen === last) return
    if (screen === 'paying' || last === 'paying') post({ dari: 'window', open: screen === 'paying' })
    last = screen
    const status = resultStatuses.find((known) => known === screen)
    if (status) post({ dari: 'result', link, status })
  }
  new MutationObserver(report).observe(root, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-screen'],
  })
  report()
}

const root = document.getElementById(rootElementId)
const { view } = JSON.parse(document.getElementById(bootElementId)?.textContent ?? '{}')
if (parent !== window && root && view?.extras?.embed) start(root, view.extras.embed, view.id)

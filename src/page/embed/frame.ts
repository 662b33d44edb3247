// Written into documents that a shop may hold in a frame, before the first script. Does nothing anywhere else.
// It tells the shop what the customer sees, and no sooner: the screen's name is all that it reads.
import { bootElementId, rootElementId } from '../browser/boot-data.ts'
import { isMobile } from '../browser/device.ts'
import { type FrameMessage, resultStatuses } from './message.ts'

function begin(root: HTMLElement, origins: readonly string[], link: string): void {
  document.documentElement.classList.add('framed', ...(isMobile() ? ['phone'] : []))
  // Safari and Chromium say whose frame this is. Elsewhere the browser delivers to the one that it is.
  const { ancestorOrigins } = location as { ancestorOrigins?: DOMStringList }
  const shop = ancestorOrigins?.[0]
  const hearers = shop === undefined ? origins : origins.filter((origin) => origin === shop)
  const tell = (message: FrameMessage) => {
    for (const origin of hearers) parent.postMessage(message, origin)
  }

  new ResizeObserver(() => tell({ dari: 'size', height: Math.ceil(root.scrollHeight) })).observe(root)

  let last = ''
  const look = () => {
    const screen = root.querySelector('main')?.dataset.screen ?? ''
    if (screen === last) return
    if (screen === 'paying' || last === 'paying') tell({ dari: 'window', open: screen === 'paying' })
    last = screen
    const status = resultStatuses.find((known) => known === screen)
    if (status) tell({ dari: 'result', link, status })
  }
  new MutationObserver(look).observe(root, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-screen'],
  })
  look()
}

const root = document.getElementById(rootElementId)
const { view } = JSON.parse(document.getElementById(bootElementId)?.textContent ?? '{}')
if (parent !== window && root && view?.extras?.embed) begin(root, view.extras.embed, view.id)

// The SDK alone: how its dialog covers the page, and which calls remove it.
import type { Case } from '../case.ts'
import { alone, call, dialogOf, init, look, pay } from '../shop.ts'
import type { Visit } from '../visit.ts'

async function opens(visit: Visit, params: { pg: string } & Record<string, unknown>): Promise<string> {
  visit.hosts.channels = ['html5_inicis', params.pg]
  await alone(visit)
  await pay(visit, params)
  await visit.heard('payment')
  return dialogOf(visit)
}

/** Their dialog stays open after `IMP.close()`; the popup closes. */
const losesPopup = ['payco', 'naverpay']

/** `IMP.close()`, `deinit`, `init`, then another payment. */
async function free(visit: Visit, params: { pg: string } & Record<string, unknown>): Promise<string> {
  const { page } = visit
  await opens(visit, params)
  const popup = page.context().pages()[1]
  const closing = losesPopup.includes(params.pg) ? popup?.waitForEvent('close') : undefined
  await call(visit, 'close')
  await closing
  const closed = (await look(visit)).startsWith('dialog hidden') ? 'hidden' : 'stays'
  await call(visit, 'deinit')
  const gone = await look(visit)
  await init(visit)
  const again = await look(visit)
  await pay(visit, { pg: 'html5_inicis' })
  await visit.heard('payment')
  const second = (await dialogOf(visit)).split(',')[0]
  return `close: ${closed}; deinit: ${gone}; init: ${again}; pay again: ${second}`
}

const over = (ground: string, position = 'fixed', page = 'seen') =>
  `whole, ${position}, z 99999, ${ground}, frames shown 1, page ${page}`
const dim = 'rgba(0, 0, 0, 0.5)'
const naverpay = { pg: 'naverpay', naverPopupMode: true }

const looks: [Case['device'], { pg: string } & Record<string, unknown>, string][] = [
  ['desktop', { pg: 'html5_inicis' }, over('transparent')],
  ['desktop', { pg: 'kakaopay' }, over(dim)],
  ['desktop', { pg: 'uplus' }, over(dim)],
  ['desktop', { pg: 'danal' }, over('transparent')],
  ['desktop', { pg: 'payco' }, over('transparent')],
  ['desktop', { pg: 'tosspay' }, over('transparent')],
  ['desktop', { pg: 'eximbay' }, over('transparent')],
  ['desktop', naverpay, over('transparent')],
  ['Android', { pg: 'danal' }, over('transparent', 'fixed', 'hidden')],
  ['iPhone', { pg: 'danal' }, over('transparent', 'absolute', 'hidden')],
]

const freed = (closed: string) =>
  `close: ${closed}; deinit: no dialog, page seen; init: dialog hidden, page seen; pay again: whole`

export const dialogs: Case[] = [
  ...looks.map(
    ([device, params, expected]): Case => ({
      area: 'dialog',
      device,
      name: `${params.pg}: over the page`,
      expected,
      run: (visit) => opens(visit, params),
    }),
  ),
  ...(
    [
      [{ pg: 'html5_inicis' }, 'hidden'],
      [{ pg: 'payco' }, 'stays'],
      [naverpay, 'stays'],
      [{ pg: 'tosspay' }, 'hidden'],
    ] as [{ pg: string }, string][]
  ).map(
    ([params, closed]): Case => ({
      area: 'dialog',
      device: 'desktop',
      name: `${params.pg}: close, deinit and init`,
      expected: freed(closed),
      run: (visit) => free(visit, params),
    }),
  ),
  {
    area: 'dialog',
    device: 'iPhone',
    name: 'deinit and init on a phone leave the page hidden',
    expected: 'deinit: no dialog, page seen; init: dialog hidden, page hidden',
    async run(visit) {
      await opens(visit, { pg: 'danal' })
      await call(visit, 'deinit')
      const gone = await look(visit)
      await init(visit)
      return `deinit: ${gone}; init: ${await look(visit)}`
    },
  },
  {
    area: 'dialog',
    device: 'Android',
    name: 'hide rule without !important: an id that sets display wins',
    expected: 'block',
    async run(visit) {
      await opens(visit, { pg: 'danal' })
      return visit.page.locator('#loud').evaluate((note) => getComputedStyle(note).display)
    },
  },
  {
    area: 'dialog',
    device: 'desktop',
    name: 'init under an open window: the dialog stays',
    expected: 'whole, fixed, z 99999, transparent, frames shown 2, page seen',
    async run(visit) {
      await opens(visit, { pg: 'kakaopay' })
      await opens(visit, { pg: 'payco' })
      await init(visit)
      return look(visit)
    },
  },
  {
    area: 'dialog',
    device: 'desktop',
    name: 'newer path: close, deinit and init leave its window',
    expected: 'fixed, z 99999, body hidden',
    async run(visit) {
      await alone(visit)
      await pay(visit, { pg: 'tosspayments' })
      await visit.page.waitForFunction(() => document.body.style.overflow === 'hidden')
      await call(visit, 'close')
      await call(visit, 'deinit')
      await init(visit)
      return visit.page.locator('#imp-iframe-wrapper').evaluate((wrapper) => {
        const { position, zIndex } = getComputedStyle(wrapper)
        return `${position}, z ${zIndex}, body ${document.body.style.overflow}`
      })
    },
  },
]

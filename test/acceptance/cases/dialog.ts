// The SDK alone: how its dialog covers the page, and which calls remove it.
import type { Case } from '../case.ts'
import { call, init, layoutOf, openDialogLayout, openSdkPage, pay } from '../sdk-page.ts'
import type { Visit } from '../visit.ts'

async function openDialog(visit: Visit, params: { pg: string } & Record<string, unknown>): Promise<string> {
  visit.hosts.channels = ['html5_inicis', params.pg]
  await openSdkPage(visit)
  await pay(visit, params)
  await visit.nextMessage('payment')
  return openDialogLayout(visit)
}

/** Their dialog stays open after `IMP.close()`; the popup closes. */
const closesPopup = ['payco', 'naverpay']

/** `IMP.close()`, `deinit`, `init`, then another payment. */
async function closeAndReopen(
  visit: Visit,
  params: { pg: string } & Record<string, unknown>,
): Promise<string> {
  const { page } = visit
  await openDialog(visit, params)
  const popup = page.context().pages()[1]
  const closing = closesPopup.includes(params.pg) ? popup?.waitForEvent('close') : undefined
  await call(visit, 'close')
  await closing
  const closed = (await layoutOf(visit)).startsWith('dialog hidden') ? 'hidden' : 'stays'
  await call(visit, 'deinit')
  const gone = await layoutOf(visit)
  await init(visit)
  const again = await layoutOf(visit)
  await pay(visit, { pg: 'html5_inicis' })
  await visit.nextMessage('payment')
  const second = (await openDialogLayout(visit)).split(',')[0]
  return `close: ${closed}; deinit: ${gone}; init: ${again}; pay again: ${second}`
}

const layout = (ground: string, position = 'fixed', page = 'seen') =>
  `whole, ${position}, z 99999, ${ground}, frames shown 1, page ${page}`
const dim = 'rgba(0, 0, 0, 0.5)'
const naverpay = { pg: 'naverpay', naverPopupMode: true }

const layouts: [Case['device'], { pg: string } & Record<string, unknown>, string][] = [
  ['desktop', { pg: 'html5_inicis' }, layout('transparent')],
  ['desktop', { pg: 'kakaopay' }, layout(dim)],
  ['desktop', { pg: 'uplus' }, layout(dim)],
  ['desktop', { pg: 'danal' }, layout('transparent')],
  ['desktop', { pg: 'payco' }, layout('transparent')],
  ['desktop', { pg: 'tosspay' }, layout('transparent')],
  ['desktop', { pg: 'eximbay' }, layout('transparent')],
  ['desktop', naverpay, layout('transparent')],
  ['Android', { pg: 'danal' }, layout('transparent', 'fixed', 'hidden')],
  ['iPhone', { pg: 'danal' }, layout('transparent', 'absolute', 'hidden')],
]

const reopened = (closed: string) =>
  `close: ${closed}; deinit: no dialog, page seen; init: dialog hidden, page seen; pay again: whole`

export const dialogs: Case[] = [
  ...layouts.map(
    ([device, params, expected]): Case => ({
      area: 'dialog',
      device,
      name: `${params.pg}: the dialog covers the page`,
      expected,
      run: (visit) => openDialog(visit, params),
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
      name: `${params.pg}: close, deinit and init reset the dialog`,
      expected: reopened(closed),
      run: (visit) => closeAndReopen(visit, params),
    }),
  ),
  {
    area: 'dialog',
    device: 'iPhone',
    name: 'deinit and init on a phone leave the page hidden',
    expected: 'deinit: no dialog, page seen; init: dialog hidden, page hidden',
    async run(visit) {
      await openDialog(visit, { pg: 'danal' })
      await call(visit, 'deinit')
      const gone = await layoutOf(visit)
      await init(visit)
      return `deinit: ${gone}; init: ${await layoutOf(visit)}`
    },
  },
  {
    area: 'dialog',
    device: 'Android',
    name: 'an id selector that sets display overrides the rule that hides the page',
    expected: 'block',
    async run(visit) {
      await openDialog(visit, { pg: 'danal' })
      return visit.page.locator('#loud').evaluate((note) => getComputedStyle(note).display)
    },
  },
  {
    area: 'dialog',
    device: 'desktop',
    name: 'init during an open window leaves the dialog open',
    expected: 'whole, fixed, z 99999, transparent, frames shown 2, page seen',
    async run(visit) {
      await openDialog(visit, { pg: 'kakaopay' })
      await openDialog(visit, { pg: 'payco' })
      await init(visit)
      return layoutOf(visit)
    },
  },
  {
    area: 'dialog',
    device: 'desktop',
    name: 'newer path: close, deinit and init leave its window open',
    expected: 'fixed, z 99999, body hidden',
    async run(visit) {
      await openSdkPage(visit)
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

// The SDK alone, under the policy of Dari's page: results and errors when something fails.
import type { Case } from '../case.ts'
import { account, tier } from '../environment.ts'
import type { Hosts } from '../hosts.ts'
import {
  calledBack,
  frames,
  init,
  layoutOf,
  openDialogLayout,
  openSdkPage,
  pay,
  results,
  settled,
} from '../sdk-page.ts'
import { type Imp, postFromFrame, type Visit } from '../visit.ts'

async function report(visit: Visit): Promise<string> {
  const back = JSON.stringify(await results(visit))
  return `frames ${await frames(visit)}, called back ${back}, alerts ${visit.alerts.length}, ${await layoutOf(visit)}`
}

/** Loads no channels, calls `request_pay`, then calls `init` again with channels available. */
async function withoutChannels(visit: Visit, usersPg: Hosts['usersPg']): Promise<string> {
  visit.hosts.usersPg = usersPg
  await openSdkPage(visit)
  const unhandled = visit.errors.length
  await pay(visit, {})
  const before = await report(visit)
  visit.hosts.usersPg = 'answers'
  await init(visit)
  return `unhandled ${unhandled}, ${before}; init again: ${await openDialogLayout(visit)}`
}

const waiting = 'frames 0, called back [], alerts 0, dialog hidden, page seen'
const open = 'whole, fixed, z 99999, transparent, frames shown 1, page seen'
const notReady =
  '[{"error_code":"NOT_READY","error_msg":"string","imp_uid":null,"merchant_uid":"order-1","success":false}]'

const usersPg: [Hosts['usersPg'], string][] = [
  ['blocked', `unhandled 1, ${waiting}; init again: ${open}`],
  ['500', `unhandled 0, ${waiting}; init again: ${open}`],
  ['HTML', `unhandled 1, ${waiting}; init again: ${open}`],
  ['empty', `unhandled 0, ${waiting}; init again: ${open}`],
]

const fault = { area: 'faults', device: 'desktop' } as const

export const faults: Case[] = [
  ...usersPg.map(
    ([how, expected]): Case => ({
      ...fault,
      name: `users/pg ${how}: a payment request waits`,
      expected,
      run: (visit) => withoutChannels(visit, how),
    }),
  ),
  {
    ...fault,
    name: 'users/pg code -1: a payment request fails',
    expected: `frames 0, called back ${notReady}, alerts 0, dialog hidden, page seen`,
    async run(visit) {
      visit.hosts.usersPg = 'code -1'
      await openSdkPage(visit)
      await pay(visit, {})
      return report(visit)
    },
  },
  {
    ...fault,
    name: 'a waiting request reported as NOT_READY still opens after init',
    expected: `called back ${notReady}; ${open}`,
    async run(visit) {
      visit.hosts.usersPg = '500'
      await openSdkPage(visit)
      await pay(visit, {})
      visit.hosts.usersPg = 'code -1'
      await init(visit)
      const callbacks = JSON.stringify(await results(visit))
      visit.hosts.usersPg = 'answers'
      await init(visit)
      return `called back ${callbacks}; ${await openDialogLayout(visit)}`
    },
  },
  {
    ...fault,
    name: 'of two waiting requests the later one opens',
    expected: 'the later one',
    async run(visit) {
      visit.hosts.usersPg = '500'
      await openSdkPage(visit)
      await pay(visit, { merchant_uid: 'the earlier one' })
      await pay(visit, { merchant_uid: 'the later one' })
      visit.hosts.usersPg = 'answers'
      await init(visit)
      return String((await visit.nextMessage('payment')).message.data.merchant_uid)
    },
  },
  ...(['blank', 'fail'] as const).map(
    (how): Case => ({
      ...fault,
      name: `channel frame ${how}: the dialog opens over the page`,
      expected: `${open}; called back [], alerts 0`,
      async run(visit) {
        visit.hosts.frames = how
        await openSdkPage(visit)
        await pay(visit, {})
        const dialog = await openDialogLayout(visit)
        return `${dialog}; called back ${JSON.stringify(await results(visit))}, alerts ${visit.alerts.length}`
      },
    }),
  ),
  ...['payco', 'tosspay', 'eximbay'].map(
    (pg): Case => ({
      ...fault,
      name: `${pg}, popup blocked: an alert, then the dialog opens`,
      expected: `alerts 1, ${open}; called back []`,
      async run(visit) {
        visit.hosts.channels = [pg]
        await openSdkPage(visit)
        await visit.page.evaluate(() => {
          window.open = () => null
        })
        await pay(visit, { pg })
        const dialog = await openDialogLayout(visit)
        return `alerts ${visit.alerts.length}, ${dialog}; called back ${JSON.stringify(await results(visit))}`
      },
    }),
  ),
  ...(
    [
      ['F400', 'F400'],
      ['F500', 'F500'],
      ['F1001', 'F1001'],
      ['blocked', 'F500'],
      ['driver', 'F500'],
    ] as const
  ).map(
    ([prepare, code]): Case => ({
      ...fault,
      name: `newer path, ${prepare}: reported before any window`,
      expected: `{"error_code":"${code}","error_msg":"string","merchant_uid":"order-1"}`,
      async run(visit) {
        visit.hosts.prepare = prepare
        // The policy would block the drivers' scripts.
        await openSdkPage(visit, 'sdkPageWithoutPolicy')
        await pay(visit, { pg: 'tosspayments' })
        return JSON.stringify(await calledBack(visit))
      },
    }),
  ),
  {
    ...fault,
    name: 'an unknown pg falls back to the first channel',
    expected: 'imp-frame-html5_inicis',
    async run(visit) {
      await openSdkPage(visit)
      await pay(visit, { pg: 'danal_typo.1' })
      const { frame } = await visit.nextMessage('payment')
      const classes = await (await frame.frameElement()).getAttribute('class')
      return classes?.split(' ').at(-1) ?? ''
    },
  },
  {
    ...fault,
    name: 'a message that is not JSON is ignored from the page and closes the dialog from a frame',
    expected: `${open}; dialog hidden, page seen`,
    async run(visit) {
      await openSdkPage(visit)
      await pay(visit, {})
      const { frame } = await visit.nextMessage('payment')
      await visit.page.evaluate(() => window.postMessage('no JSON', '*'))
      await settled(visit.page)
      const before = await openDialogLayout(visit)
      await frame.evaluate(() => parent.postMessage('no JSON', '*'))
      await visit.page.locator('.imp-dialog').waitFor({ state: 'hidden' })
      return `${before}; ${await layoutOf(visit)}`
    },
  },
  {
    ...fault,
    name: 'agency sends the tier to users/pg and with the payment',
    expected: `${account.user_code}?tier=${tier}; ${tier}`,
    async run(visit) {
      await visit.page.goto(visit.environment.sdkPage)
      await visit.page.evaluate(
        ([code, name]) => (globalThis as unknown as { IMP: Imp }).IMP.agency(code, name),
        [account.user_code, tier],
      )
      await settled(visit.page)
      await pay(visit, {})
      const { message } = await visit.nextMessage('payment')
      return `${visit.hosts.requests[0]}; ${message.data.tier_code}`
    },
  },
  {
    ...fault,
    name: 'a result has no request_id, and users/pg is requested again',
    expected:
      '{"error_msg":"string","imp_uid":"imp_1","success":false}; requested 2 times; dialog hidden, page seen',
    async run(visit) {
      await openSdkPage(visit)
      await pay(visit, {})
      const { frame, message } = await visit.nextMessage('payment')
      const { request_id } = message.data
      await postFromFrame(frame, 'done', {
        request_id,
        success: false,
        imp_uid: 'imp_1',
        error_msg: '#1 & 2',
      })
      const result = JSON.stringify(await calledBack(visit))
      await settled(visit.page)
      return `${result}; requested ${visit.hosts.requests.length} times; ${await layoutOf(visit)}`
    },
  },
]

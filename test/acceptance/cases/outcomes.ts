// Payments on Dari's page, from the press to the final screen.
import type { Entry } from '../../attack/upstream/books.ts'
import type { Case } from '../case.ts'
import { gatewayHost } from '../frames.ts'
import { endsAt, isCovered, openLink, press } from '../page.ts'
import { account } from '../stage.ts'
import { type Data, say, type Visit } from '../visit.ts'

const classic = (pg: string, pay_method = 'card') => ({ pay_methods: [{ pg, pay_method, label: '결제' }] })

/** Registers the window that the page has requested with the mock i'mport. */
function enter({ stage, device }: Visit, data: Data): Entry {
  const by = { account: account.user_code, way: 'window', permittedUntil: Date.now() + 600_000 } as const
  const entry = stage.upstream.open(data, by, { channel: device === 'desktop' ? 'pc' : 'mobile' })
  if ('refused' in entry) throw new Error(entry.refused)
  return entry
}

const resultOf = ({ wire }: Entry, { request_id }: Data) => {
  const { imp_uid, merchant_uid, status, fail_reason } = wire
  const error = status === 'failed' && { error_code: 'F400', error_msg: fail_reason }
  return { request_id, success: !error, imp_uid, merchant_uid, ...error }
}

async function inFrame(visit: Visit, end: (entry: Entry) => Promise<unknown> | unknown): Promise<string> {
  await openLink(visit, classic('html5_inicis'))
  await press(visit)
  const { frame, message } = await visit.heard('payment')
  const entry = enter(visit, message.data)
  await end(entry)
  await say(frame, 'done', resultOf(entry, message.data))
  const screen = await endsAt(visit)
  await visit.page.locator('.imp-dialog').waitFor({ state: 'hidden' })
  return `${screen}; the page is free`
}

/** The page navigates to the gateway, which redirects back. */
async function elsewhere(visit: Visit, leave: (form: object) => [action: string, data: object]) {
  const { page, stage } = visit
  await openLink(visit, classic('html5_inicis'))
  await press(visit)
  const { frame, message } = await visit.heard('payment')
  const entry = enter(visit, message.data)
  const form = { action: `${gatewayHost}/pay`, formData: { P_OID: entry.wire.imp_uid } }
  const [action, data] = leave(form)
  const left = page.waitForRequest(`${gatewayHost}/pay`)
  await say(frame, action, { request_id: message.data.request_id, ...data })
  const posted = `${(await left).method()} ${(await left).postData() === `P_OID=${entry.wire.imp_uid}`}`
  await page.waitForURL(`${gatewayHost}/**`)
  await stage.upstream.approve(entry, { confirm: false })
  const { imp_uid, merchant_uid } = entry.wire
  const query = new URLSearchParams({ imp_uid, merchant_uid, imp_success: 'true' })
  await page.goto(`${message.data.m_redirect_url}?${query}`)
  return `${posted}; ${await endsAt(visit)}`
}

async function byPopup(visit: Visit, isClosed: boolean): Promise<string> {
  const { page, stage } = visit
  await openLink(visit, classic('payco', 'payco'))
  const [popup] = await Promise.all([page.waitForEvent('popup'), press(visit)])
  const { frame, message } = await visit.heard('payment')
  const entry = enter(visit, message.data)
  await say(frame, 'payco.modal', { orderUrl: `${gatewayHost}/pay`, impUid: entry.wire.imp_uid })
  await popup.waitForURL(`${gatewayHost}/**`)
  const during = await isCovered(visit)
  let heard = ''
  if (isClosed) {
    await popup.close()
    const told = await visit.heard('check.closing')
    heard = told.message.data.imp_uid === entry.wire.imp_uid ? '; its closing is told' : ''
    stage.upstream.fail(entry, '[결제포기]')
  } else await stage.upstream.approve(entry, { confirm: false })
  await say(frame, 'done', resultOf(entry, message.data))
  return `${during}${heard}; ${await endsAt(visit)}`
}

async function byNewerPath(visit: Visit): Promise<string> {
  const { page, stage, hosts } = visit
  let entry: Entry | undefined
  hosts.enter = (data) => {
    entry = enter(visit, data)
    return entry.wire.imp_uid
  }
  await openLink(visit, classic('tosspayments'))
  await press(visit)
  const { frame } = await visit.heard('PORT_SDK')
  if (!entry) return 'nothing was prepared'
  await stage.upstream.approve(entry, { confirm: false })
  const { imp_uid, merchant_uid } = entry.wire
  const report = { imp_uid, merchant_uid }
  const over = { from: 'PORT_IFRAME', type: 'TRANSACTION_OVER', transactionResponse: report }
  await frame.evaluate((given) => parent.postMessage(given, '*'), over)
  await page.locator('#imp-iframe-wrapper').waitFor({ state: 'detached' })
  return endsAt(visit)
}

const desktop = { area: 'outcomes', device: 'desktop' } as const

export const outcomes: Case[] = [
  {
    ...desktop,
    name: 'paid in the frame',
    expected: 'paid; the page is free',
    run: (visit) => inFrame(visit, (entry) => visit.stage.upstream.approve(entry, { confirm: false })),
  },
  {
    ...desktop,
    name: 'declined in the frame',
    expected: 'declined; the page is free',
    run: (visit) => inFrame(visit, (entry) => visit.stage.upstream.fail(entry, '[한도초과] #1')),
  },
  {
    ...desktop,
    name: 'virtual account in the frame',
    expected: 'awaiting_deposit; the page is free',
    run: (visit) =>
      inFrame(visit, (entry) => visit.stage.upstream.issueAccount(entry, Date.now() + 86_400_000)),
  },
  {
    ...desktop,
    name: 'paid in a popup',
    expected: 'dialog open; paid',
    run: (visit) => byPopup(visit, false),
  },
  {
    ...desktop,
    name: 'popup closed by the customer',
    expected: 'dialog open; its closing is told; cancelled',
    run: (visit) => byPopup(visit, true),
  },
  { ...desktop, name: 'paid on the newer path', expected: 'paid', run: byNewerPath },
  ...(['Android', 'iPhone'] as const).flatMap((device): Case[] => [
    {
      area: 'outcomes',
      device,
      name: 'paid at the gateway and sent back (inicis.mobile)',
      expected: 'POST true; paid',
      run: (visit) => elsewhere(visit, (form) => ['inicis.mobile', form]),
    },
    {
      area: 'outcomes',
      device,
      name: 'paid at the gateway and sent back (proxy.post)',
      expected: 'POST true; paid',
      run: (visit) =>
        elsewhere(visit, (form) => {
          const { action, formData: param } = form as { action: string; formData: object }
          const post = { formId: 'f', method: 'post', charset: 'utf-8', target: '_top' }
          return ['proxy.post', { ...post, action, param, pgProvider: 'html5_inicis' }]
        }),
    },
  ]),
]

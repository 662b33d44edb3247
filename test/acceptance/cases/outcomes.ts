// Payments on Dari's page, from the press to the final screen.
import type { Entry } from '../../attack/upstream/records.ts'
import type { Case } from '../case.ts'
import { account } from '../environment.ts'
import { gatewayHost } from '../frames.ts'
import { finalScreen, openLink, press, waitForDialog } from '../payment-page.ts'
import { type Data, postFromFrame, type Visit } from '../visit.ts'

const classic = (pg: string, pay_method = 'card') => ({ pay_methods: [{ pg, pay_method, label: '결제' }] })

/** Registers the window that the page has requested with the mock i'mport. */
function openAtUpstream({ environment, device }: Visit, data: Data): Entry {
  const by = { account: account.user_code, origin: 'window', permittedUntil: Date.now() + 600_000 } as const
  const entry = environment.upstream.open(data, by, { channel: device === 'desktop' ? 'pc' : 'mobile' })
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
  const { frame, message } = await visit.nextMessage('payment')
  const entry = openAtUpstream(visit, message.data)
  await end(entry)
  await postFromFrame(frame, 'done', resultOf(entry, message.data))
  const screen = await finalScreen(visit)
  await visit.page.locator('.imp-dialog').waitFor({ state: 'hidden' })
  return `${screen}; the page is free`
}

/** The page navigates to the gateway, which redirects back. */
async function byRedirect(visit: Visit, leave: (form: object) => [action: string, data: object]) {
  const { page, environment } = visit
  await openLink(visit, classic('html5_inicis'))
  await press(visit)
  const { frame, message } = await visit.nextMessage('payment')
  const entry = openAtUpstream(visit, message.data)
  const form = { action: `${gatewayHost}/pay`, formData: { P_OID: entry.wire.imp_uid } }
  const [action, data] = leave(form)
  const left = page.waitForRequest(`${gatewayHost}/pay`)
  await postFromFrame(frame, action, { request_id: message.data.request_id, ...data })
  const posted = `${(await left).method()} ${(await left).postData() === `P_OID=${entry.wire.imp_uid}`}`
  await page.waitForURL(`${gatewayHost}/**`)
  await environment.upstream.approve(entry, { confirm: false })
  const { imp_uid, merchant_uid } = entry.wire
  const query = new URLSearchParams({ imp_uid, merchant_uid, imp_success: 'true' })
  await page.goto(`${message.data.m_redirect_url}?${query}`)
  return `${posted}; ${await finalScreen(visit)}`
}

async function byPopup(visit: Visit, isClosed: boolean): Promise<string> {
  const { page, environment } = visit
  await openLink(visit, classic('payco', 'payco'))
  const [popup] = await Promise.all([page.waitForEvent('popup'), press(visit)])
  const { frame, message } = await visit.nextMessage('payment')
  const entry = openAtUpstream(visit, message.data)
  await postFromFrame(frame, 'payco.modal', { orderUrl: `${gatewayHost}/pay`, impUid: entry.wire.imp_uid })
  await popup.waitForURL(`${gatewayHost}/**`)
  const during = await waitForDialog(visit)
  let suffix = ''
  if (isClosed) {
    await popup.close()
    const closing = await visit.nextMessage('check.closing')
    suffix = closing.message.data.imp_uid === entry.wire.imp_uid ? '; its closing is reported' : ''
    environment.upstream.fail(entry, '[결제포기]')
  } else await environment.upstream.approve(entry, { confirm: false })
  await postFromFrame(frame, 'done', resultOf(entry, message.data))
  return `${during}${suffix}; ${await finalScreen(visit)}`
}

async function byNewerPath(visit: Visit): Promise<string> {
  const { page, environment, hosts } = visit
  let entry: Entry | undefined
  hosts.startTransaction = (data) => {
    entry = openAtUpstream(visit, data)
    return entry.wire.imp_uid
  }
  await openLink(visit, classic('tosspayments'))
  await press(visit)
  const { frame } = await visit.nextMessage('PORT_SDK')
  if (!entry) return 'nothing was prepared'
  await environment.upstream.approve(entry, { confirm: false })
  const { imp_uid, merchant_uid } = entry.wire
  const report = { imp_uid, merchant_uid }
  const transactionOver = { from: 'PORT_IFRAME', type: 'TRANSACTION_OVER', transactionResponse: report }
  await frame.evaluate((given) => parent.postMessage(given, '*'), transactionOver)
  await page.locator('#imp-iframe-wrapper').waitFor({ state: 'detached' })
  return finalScreen(visit)
}

const desktop = { area: 'outcomes', device: 'desktop' } as const

export const outcomes: Case[] = [
  {
    ...desktop,
    name: 'a payment in the frame ends as paid',
    expected: 'paid; the page is free',
    run: (visit) => inFrame(visit, (entry) => visit.environment.upstream.approve(entry, { confirm: false })),
  },
  {
    ...desktop,
    name: 'a decline in the frame ends as declined',
    expected: 'declined; the page is free',
    run: (visit) => inFrame(visit, (entry) => visit.environment.upstream.fail(entry, '[한도초과] #1')),
  },
  {
    ...desktop,
    name: 'a virtual account in the frame awaits its deposit',
    expected: 'awaiting_deposit; the page is free',
    run: (visit) =>
      inFrame(visit, (entry) => visit.environment.upstream.issueAccount(entry, Date.now() + 86_400_000)),
  },
  {
    ...desktop,
    name: 'a payment in a popup ends as paid',
    expected: 'dialog open; paid',
    run: (visit) => byPopup(visit, false),
  },
  {
    ...desktop,
    name: 'a closed popup ends as cancelled',
    expected: 'dialog open; its closing is reported; cancelled',
    run: (visit) => byPopup(visit, true),
  },
  { ...desktop, name: 'a payment on the newer path ends as paid', expected: 'paid', run: byNewerPath },
  ...(['Android', 'iPhone'] as const).flatMap((device): Case[] => [
    {
      area: 'outcomes',
      device,
      name: 'a payment by redirect ends as paid (inicis.mobile)',
      expected: 'POST true; paid',
      run: (visit) => byRedirect(visit, (form) => ['inicis.mobile', form]),
    },
    {
      area: 'outcomes',
      device,
      name: 'a payment by redirect ends as paid (proxy.post)',
      expected: 'POST true; paid',
      run: (visit) =>
        byRedirect(visit, (form) => {
          const { action, formData: param } = form as { action: string; formData: object }
          const post = { formId: 'f', method: 'post', charset: 'utf-8', target: '_top' }
          return ['proxy.post', { ...post, action, param, pgProvider: 'html5_inicis' }]
        }),
    },
  ]),
]

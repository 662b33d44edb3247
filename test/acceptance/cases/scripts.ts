// Gateways whose scripts run in the merchant's page.
import type { Case } from '../case.ts'
import { account } from '../environment.ts'
import { gatewayHost, knownHosts, scriptHost } from '../frames.ts'
import { finalScreen, openLink, press, waitForDialog } from '../payment-page.ts'
import { openSdkPage, pay, settled } from '../sdk-page.ts'
import { postFromFrame, type Shop, type Visit } from '../visit.ts'

const form = { formId: 'f', method: 'post', charset: 'utf-8', action: `${gatewayHost}/pay`, target: '' }

type Pg = keyof typeof knownHosts

/** Has the paying channel's frame request a script of this host in the page. */
async function requestScript(visit: Visit, pg: string, host: string): Promise<void> {
  const { frame, message } = await visit.nextMessage('payment')
  const { request_id } = message.data
  // Upstream's SDK hard-codes this URL; the sandbox's SDK takes it from the message.
  const layer = { request_id, impUid: 'imp_1', sdk: 'https://nsp.pay.naver.com/sdk/js/naverpay.min.js' }
  if (pg === 'naverpay') return postFromFrame(frame, 'naverpay.modal.v2', layer)
  const custom = { sdk: `${host}/gateway.js`, mode: 'test', bridge: '/bridge', channel: 'pc' }
  const param = { impUid: 'imp_1', txnId: 'txn_1' }
  return postFromFrame(frame, 'proxy.post', { request_id, pgProvider: pg, ...form, param, custom })
}

/** @returns the host of the loaded script and the first call that the SDK made to it */
async function called(visit: Visit, pg: string, host: string): Promise<string> {
  const request = visit.page.waitForRequest(/gateway\.js|naverpay\.min\.js/)
  await requestScript(visit, pg, host)
  const { host: name } = new URL((await request).url())
  await visit.page.waitForFunction(() => (globalThis as Shop).called)
  const [first] = (await visit.page.evaluate(() => (globalThis as Shop).called)) as unknown[][]
  return `${name}: ${JSON.stringify(first)}`
}

async function withoutPolicy(visit: Visit, pg: string): Promise<string> {
  visit.hosts.channels = [pg]
  await openSdkPage(visit, 'sdkPageWithoutPolicy')
  await pay(visit, { pg })
  return called(visit, pg, scriptHost)
}

async function openOnPaymentPage(visit: Visit, pg: string): Promise<void> {
  visit.hosts.channels = [pg]
  await openLink(visit, { pay_methods: [{ pg, pay_method: 'card', label: '결제' }] })
  await press(visit)
}

/** On Dari's page, with a script from a host that the policy does not allow. */
async function stopped(visit: Visit): Promise<string> {
  await openOnPaymentPage(visit, 'kicc')
  const stop = Promise.race([visit.page.waitForEvent('pageerror'), visit.page.waitForEvent('console')])
  await requestScript(visit, 'kicc', scriptHost)
  await stop
  await settled(visit.page)
  const called = await visit.page.evaluate(() => (globalThis as Shop).called ?? 'nothing')
  return `called: ${called}; ${await waitForDialog(visit)}`
}

/** On Dari's page: the only script that the newer path loads on phones. */
async function tossPayments(visit: Visit): Promise<string> {
  const { page, environment, hosts } = visit
  hosts.prepare = 'REDIRECTION'
  await openLink(visit, { pay_methods: [{ pg: 'tosspayments', pay_method: 'card', label: '카드' }] })
  await press(visit)
  await page.waitForURL(`${gatewayHost}/**`)
  const [data = {}] = hosts.prepared
  const by = { account: account.user_code, origin: 'window', permittedUntil: Date.now() + 600_000 } as const
  const entry = environment.upstream.open(data, by, { channel: 'mobile' })
  if ('refused' in entry) return entry.refused
  await environment.upstream.approve(entry, { confirm: false })
  const { imp_uid, merchant_uid } = entry.wire
  await page.goto(`${data.m_redirect_url}?${new URLSearchParams({ imp_uid, merchant_uid })}`)
  return finalScreen(visit)
}

const fields = '{"form":"/pay","target":"","impUid":"imp_1","txnId":"txn_1"}'
const param = '{"impUid":"imp_1","txnId":"txn_1"}'
const script = 'script.gateway.example'

const scripted: [pg: string, called: string][] = [
  ['mobilians', `["MCASH_PAYMENT",${fields}]`],
  ['kicc', `["easypay_card_webpay",${fields},"/bridge","_top","0","0","submit",30]`],
  ['uplus', `["open_paymentwindow",${fields},"test","submit"]`],
  ['payple', `["PaypleCpayAuthCheck",${param}]`],
  ['chai', `["ChaiPayment.checkout",${param}]`],
  ['smilepay', '["smilepay_L.callPopup","txn_1","callback"]'],
  ['settle_acc', `["SettlePay.execute",${fields}]`],
]

export const scripts: Case[] = [
  ...scripted.map(
    ([pg, called]): Case => ({
      area: 'scripts',
      device: 'desktop',
      name: `${pg}: its script is loaded and called`,
      expected: `${script}: ${called}`,
      run: (visit) => withoutPolicy(visit, pg),
    }),
  ),
  {
    area: 'scripts',
    device: 'Android',
    name: 'kcp_quick: its script is loaded and called',
    expected: `${script}: ["KCP_QPay_Execute",${fields}]`,
    run: (visit) => withoutPolicy(visit, 'kcp_quick'),
  },
  {
    area: 'scripts',
    device: 'desktop',
    name: 'naverpay: its script is loaded and called',
    expected: 'nsp.pay.naver.com: ["Naver.Pay.open",{"merchantPayKey":"imp_1"}]',
    run: (visit) => withoutPolicy(visit, 'naverpay'),
  },
  ...(['kicc', 'smilepay', 'settle_acc', 'uplus', 'payple'] as Pg[]).map(
    (pg): Case => ({
      area: 'scripts',
      device: 'desktop',
      name: `${pg}: its own script runs on Dari’s page`,
      expected: new URL(knownHosts[pg]).host,
      async run(visit) {
        await openOnPaymentPage(visit, pg)
        return (await called(visit, pg, knownHosts[pg])).split(':')[0] ?? ''
      },
    }),
  ),
  {
    area: 'scripts',
    device: 'desktop',
    name: 'a script from a host that is not the gateway’s does not run on Dari’s page, and the dialog stays',
    expected: 'called: nothing; dialog open',
    isStopped: true,
    run: stopped,
  },
  {
    area: 'scripts',
    device: 'Android',
    name: 'tosspayments leaves Dari’s page by its script and is sent back',
    expected: 'paid',
    run: tossPayments,
  },
]

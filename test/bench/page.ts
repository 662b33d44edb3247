// The payment page on a cheap phone, compared with the same page without a framework.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { merchantAt } from '../support/merchant.ts'
import { startServer } from '../support/server.ts'
import { handWritten } from './baseline/bill.ts'
import { record, startBaseline } from './baseline/start.ts'
import { outcomeOf } from './measure/outcome.ts'
import { compared, type Row, rowOf } from './measure/row.ts'
import { type Measurements, openBrowser, visitor } from './measure/throttled.ts'
import type { Outcome, PartOptions } from './part.ts'

export async function run({ runs }: PartOptions): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'dari-bench-'))
  const dari = await startServer()
  const merchant = merchantAt(dari.url)
  const link = await merchant.create()
  const { headers } = await record(`${link.url}?lang=ko`)
  const document = await (await fetch(`${link.url}?lang=ko`)).text()
  const body = handWritten(document).toString('base64')
  // The same headers, except the script hash in the policy.
  const bare = await startBaseline(
    { '/bill': { headers: headersFor(headers, body), body } },
    join(folder, 'x'),
  )
  const browser = await openBrowser()
  const visits: { ours: VisitResult[]; theirs: VisitResult[] } = { ours: [], theirs: [] }
  for (let turn = -1; turn < runs; turn++) {
    const theirs = await visit(browser, `${bare.url}/bill`)
    // A new link, in no cache.
    const ours = await visit(browser, (await merchant.create()).url)
    if (turn < 0) continue
    visits.theirs.push(theirs)
    visits.ours.push(ours)
  }
  await browser.close()
  await Promise.all([bare.stop(), dari.stop()])
  rmSync(folder, { recursive: true })
  return outcomeOf(rowsOf(visits))
}

function headersFor(headers: string[], body: string): string[] {
  const length = String(Buffer.from(body, 'base64').length)
  const same: string[] = []
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? ''
    if (name === 'content-security-policy' || name === 'content-length') continue
    same.push(name, headers[at + 1] ?? '')
  }
  return [...same, 'content-length', length]
}

interface VisitResult extends Measurements {
  requests: number
  bytes: number
  chosen: number
  pressed: number
}

async function visit(browser: Browser, url: string): Promise<VisitResult> {
  const { page, context, devtools } = await visitor(browser)
  let bytes = 0
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes ||= encodedDataLength
  })
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('main[data-ready]').waitFor({ state: 'attached' })
  const requests = await page.evaluate(
    () =>
      performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime < (window as unknown as { seen: Measurements }).seen.ready)
        .length + 1,
  )
  await page.waitForLoadState('networkidle')
  // Late content has loaded, and its layout shifts have happened.
  await page.waitForTimeout(1_500)
  const pressAt = async (selector: string) => {
    const before = await seenOf(page)
    await page.locator(selector).click()
    await page.waitForTimeout(700)
    const after = await seenOf(page)
    return Math.max(0, ...after.presses.slice(before.presses.length).map(({ ms }) => ms))
  }
  const chosen = await pressAt('.method:nth-of-type(3)')
  // After the press the gateway's window shares the thread.
  const { longTasks: tasks, sdkFrames } = await seenOf(page)
  const longTasks = tasks.filter(
    (task) => !sdkFrames.some(({ at, ms }) => task.at + task.ms >= at - 1 && task.at <= at + ms),
  )
  const pressed = await pressAt('.primary')
  const seen = await seenOf(page)
  await context.close()
  return { ...seen, longTasks, requests, bytes, chosen, pressed }
}

/** The button works once it is painted and its script has run. */
const pressable = ({ ready, firstPaint }: VisitResult) => Math.max(ready, firstPaint)

function seenOf(page: import('playwright').Page): Promise<Measurements> {
  return page.evaluate(() => structuredClone((window as unknown as { seen: Measurements }).seen))
}

function rowsOf({ ours, theirs }: { ours: VisitResult[]; theirs: VisitResult[] }): Row[] {
  const both = (what: (result: VisitResult) => number) => [ours.map(what), theirs.map(what)] as const
  const longest = ({ longTasks }: VisitResult) => Math.max(0, ...longTasks.map(({ ms }) => ms))
  return [
    compared('ready to be pressed', 'ms', ...both(pressable), 1.3),
    compared('first contentful paint', 'ms', ...both(({ firstPaint }) => firstPaint)),
    compared('bytes until ready, headers included', 'B', ...both(({ bytes }) => bytes)),
    rowOf(
      'requests until ready',
      '',
      ours.map(({ requests }) => requests),
      1,
    ),
    rowOf(
      'layout shift',
      '',
      ours.map(({ shift }) => shift),
      0,
    ),
    {
      ...rowOf('longest task over 50 ms, without the SDK', 'ms', ours.map(longest), 50),
      ...asBaseline(theirs.map(longest)),
    },
    {
      ...rowOf('choosing a method', 'ms', both(({ chosen }) => chosen)[0], 100),
      ...asBaseline(both(({ chosen }) => chosen)[1]),
    },
    {
      ...rowOf('pressing pay', 'ms', both(({ pressed }) => pressed)[0], 100),
      ...asBaseline(both(({ pressed }) => pressed)[1]),
    },
  ]
}

function asBaseline(values: number[]): { baseline: number } {
  return { baseline: rowOf('', '', values).value }
}

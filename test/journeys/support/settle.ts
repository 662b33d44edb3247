// Rewrites edge responses to results that the sandbox's i'mport does not produce by itself.
import type { Page } from '@playwright/test'
import type { Attempt, SettleResult } from '../../../src/contract/links/checkout.ts'
import type { OpenLink } from '../../../src/contract/links/link-view.ts'
import type { Link } from '../../support/merchant.ts'

/** Changes responses with these outcomes. */
export async function settleWith(
  page: Page,
  outcomes: readonly Attempt['outcome'][],
  change: (settled: SettleResult) => SettleResult | Promise<SettleResult>,
): Promise<void> {
  await page.route('**/settle', async (route) => {
    const response = await route.fetch()
    const settled: SettleResult = await response.json()
    const json = outcomes.includes(settled.attempt?.outcome) ? await change(settled) : settled
    await route.fulfill({ response, json })
  })
}

/** Outcomes after which an approval may still follow. */
export const saySoFar = (
  page: Page,
  outcomes: readonly Attempt['outcome'][] = ['none', 'started'],
): Promise<void> =>
  settleWith(
    page,
    outcomes,
    (settled) => ({ ...settled, attempt: { ...settled.attempt, so_far: true } }) as SettleResult,
  )

/** The edge reports the order as paid elsewhere from the next request on, so no window may open. */
export async function flagAsPaid(page: Page, { url, id }: Link, more: Partial<OpenLink> = {}): Promise<void> {
  const address = new URL(`/links/${id}`, url).href
  const flagged = async () => ({
    ...(await (await page.request.get(address)).json()),
    paid_elsewhere: true,
    ...more,
  })
  await page.route(`${address}?*`, async (route) => route.fulfill({ json: await flagged() }))
  await page.route('**/live?*', (route) => route.abort())
  await page.route('**/checkout', async (route) =>
    route.fulfill({ status: 409, json: { reason: 'not_open', view: await flagged() } }),
  )
}

/** The edge finds such a payment when it settles. @param until delays the response */
export const settleAsPaid = (page: Page, until?: Promise<void>): Promise<void> =>
  settleWith(page, ['none', 'started', 'cancelled'], async (settled) => {
    await until
    return { ...settled, paid_elsewhere: true, attempt: { outcome: 'foreign', same: true } } as SettleResult
  })

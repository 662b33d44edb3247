// Answers of the edge that a journey needs and the sandbox's i'mport does not bring about by itself.
import type { Page } from '@playwright/test'
import type { Attempt, Settled } from '../../../src/contract/checkout.ts'

/** The same answer, changed where it is of these outcomes. */
export async function settleWith(
  page: Page,
  outcomes: readonly Attempt['outcome'][],
  change: (settled: Settled) => Settled,
): Promise<void> {
  await page.route('**/settle', async (route) => {
    const response = await route.fetch()
    const settled: Settled = await response.json()
    const json = outcomes.includes(settled.attempt?.outcome) ? change(settled) : settled
    await route.fulfill({ response, json })
  })
}

/** While these are the outcome, an approval may still follow. */
export const saySoFar = (
  page: Page,
  outcomes: readonly Attempt['outcome'][] = ['none', 'started'],
): Promise<void> =>
  settleWith(
    page,
    outcomes,
    (settled) => ({ ...settled, attempt: { ...settled.attempt, so_far: true } }) as Settled,
  )

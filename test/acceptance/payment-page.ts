// Dari's page in the customer's browser.
import type { Link } from '../support/merchant.ts'
import type { Visit } from './visit.ts'

export async function openLink({ page, environment }: Visit, order: object): Promise<Link> {
  const link = await environment.merchant.create({ ...order })
  await page.goto(link.url)
  await page.locator('main[data-ready]').waitFor({ state: 'attached' })
  return link
}

export const press = ({ page }: Visit): Promise<void> =>
  page.getByRole('button', { name: /결제하기|^Pay / }).click()

/** Waits for the SDK's dialog. */
export async function waitForDialog({ page }: Visit): Promise<string> {
  await page.locator('.imp-dialog').waitFor()
  return 'dialog open'
}

/** @returns the name of the final screen */
export async function finalScreen({ page }: Visit): Promise<string> {
  const screens = ['paid', 'declined', 'cancelled', 'awaiting_deposit', 'unknown', 'rejected']
  const main = page.locator(screens.map((screen) => `main[data-screen=${screen}]`).join(', '))
  await main.waitFor({ state: 'attached' })
  return (await main.getAttribute('data-screen')) ?? ''
}

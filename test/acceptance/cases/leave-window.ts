// The back button above a window, on Dari's page: the SDK's dialog is removed, and the next window opens.
import type { Case } from '../case.ts'
import { finalScreen, openLink, press } from '../payment-page.ts'
import type { Visit } from '../visit.ts'

const shown = '.imp-dialog[style*="block"], #imp-iframe-wrapper'

/** False while a window covers the page or blocks scrolling. */
const isFree = ({ page }: Visit): Promise<boolean> =>
  page.evaluate((windows) => {
    const { body } = document
    const isHidden = body.classList.contains('imp-payment-progress') || body.style.overflow === 'hidden'
    return !isHidden && document.querySelector(windows) === null
  }, shown)

async function leave(visit: Visit, pg: string): Promise<string> {
  const { page } = visit
  await openLink(visit, { pay_methods: [{ pg, pay_method: 'card', label: '결제' }] })
  const ends: string[] = []
  for (let windows = 0; windows < 2; windows++) {
    await press(visit)
    await page.locator(shown).first().waitFor()
    await page.locator('#window-bar button').click()
    const screen = await finalScreen(visit)
    ends.push(`${screen}, ${(await isFree(visit)) ? 'the page is free' : 'something lies over the page'}`)
    await page.getByRole('button', { name: '다시 결제하기' }).click()
  }
  return ends.join('; ')
}

async function closeSecondPopup(visit: Visit): Promise<string> {
  const { page } = visit
  await openLink(visit, { pay_methods: [{ pg: 'payco', pay_method: 'payco', label: '결제' }] })
  await press(visit)
  await page.locator('#window-bar button').click()
  await finalScreen(visit)
  await page.getByRole('button', { name: '다시 결제하기' }).click()
  const [popup] = await Promise.all([page.waitForEvent('popup'), press(visit)])
  await popup.close()
  const screen = await finalScreen(visit)
  return `${screen}, ${(await isFree(visit)) ? 'the page is free' : 'something lies over the page'}`
}

const free = 'cancelled, the page is free'

export const leaveCases: Case[] = [
  ...['html5_inicis', 'kakaopay', 'payco', 'tosspayments'].map(
    (pg): Case => ({
      area: 'leaving a window',
      device: 'desktop',
      name: `${pg}: left twice with the page’s back button`,
      expected: `${free}; ${free}`,
      run: (visit) => leave(visit, pg),
    }),
  ),
  {
    area: 'leaving a window',
    device: 'desktop',
    name: 'a second popup that is closed without a result from the SDK',
    expected: free,
    run: closeSecondPopup,
  },
]

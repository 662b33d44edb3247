// The payment page and the gateway's window in a browser driven by WebDriver.
import { keys, type Session, until, WebDriverError } from './webdriver.ts'

const payButton = '.sheet .primary'

const framesHaveLoaded = `
  const frames = [...document.querySelectorAll('.imp-dialog iframe')]
  return frames.length > 0 && frames.every(({ contentWindow: { location, document } }) =>
    location.href !== 'about:blank' && document.readyState === 'complete')`
const hasButtons = "return document.querySelector('button') !== null"
const frameHasButtons =
  "return document.querySelector(arguments[0]).contentDocument.querySelector('button') !== null"
const approveWhilePaying = `
  const { screen } = document.querySelector('main').dataset
  const frame = document.querySelector(arguments[0])
  if (screen === 'paying') frame?.contentDocument?.querySelector('[value=approve]')?.click()
  return screen`
const permissionGranted = `
  return performance.getEntriesByType('resource')
    .some(({ name, responseEnd }) => name.endsWith('/checkout') && responseEnd > 0)`

export function customerAt(session: Session) {
  const screen = () => session.attribute('main', 'data-screen')

  async function isAt(name: string): Promise<void> {
    try {
      await until(`the screen ${name}`, async () => (await screen()) === name)
    } catch (cause) {
      throw new Error(`the screen is ${await screen()}, not ${name}`, { cause })
    }
  }

  /** Switches to the popup once the gateway has loaded in it. */
  async function openPopup(): Promise<string> {
    const page = await session.currentWindow()
    const popup = await until('the popup', async () =>
      (await session.windows()).find((handle) => handle !== page),
    )
    await session.switchTo(popup)
    await until('the gateway in its popup', () => session.run<boolean>(hasButtons))
    return popup
  }

  const isGone = (popup: string) =>
    until('the popup to be gone', async () => !(await session.windows()).includes(popup))

  return {
    session,
    isAt,
    /** Waits for the gateways' frames too, so that the SDK opens a window synchronously. */
    async open(url: string): Promise<void> {
      await session.goTo(`${url}?lang=ko`)
      await until('the page', async () => (await session.attribute('main', 'data-ready')) === 'true')
      await until('the gateways’ frames', () => session.run<boolean>(framesHaveLoaded))
      await session.turn()
    },
    /** Simulates an input event and waits for the permission, so that a press need not wait. */
    async hasPermission(): Promise<void> {
      await session.press(keys.tab)
      await until('the permission', () => session.run<boolean>(permissionGranted))
      await session.turn()
    },
    pay: () => session.click(payButton),
    isWaiting: () =>
      until(
        'the button to be busy',
        async () => (await session.attribute(payButton, 'aria-busy')) === 'true',
      ),
    reads: (text: string) => until(`"${text}"`, async () => (await session.text('main')).includes(text)),
    /** Checked from the page: entering a frame by the driver moves the focus into it. */
    seesFrame: (provider: string) =>
      until('the gateway’s window', () => session.run<boolean>(frameHasButtons, `.imp-frame-${provider}`)),
    /** Approves in the gateway's frame unless the payment has ended. @returns the final screen */
    end: (provider: string) =>
      until('an end', async () => {
        const screen = await session.run<string>(approveWhilePaying, `.imp-frame-${provider}`)
        return screen !== 'paying' && screen !== 'confirming' && screen
      }),
    /** Presses a button in the gateway's frame. */
    async inFrame(provider: string, act: string): Promise<void> {
      await session.enterFrame(`.imp-frame-${provider}`)
      await session.click(`button[value=${act}]`)
      await session.leaveFrame()
    },
    /** Presses a button in the gateway's popup, which then closes itself, or closes the popup. */
    async inPopup(act: 'approve' | 'close'): Promise<void> {
      const page = await session.currentWindow()
      const popup = await openPopup()
      if (act === 'close') await session.closeWindow()
      else await session.click(`button[value=${act}]`).catch(unlessGone)
      await session.switchTo(page)
      await isGone(popup)
    },
    /** Leaves the window by the page's own back button. */
    async leaves(): Promise<void> {
      const page = await session.currentWindow()
      const popup = await openPopup()
      await session.switchTo(page)
      await session.click('#window-bar button')
      await isGone(popup)
    },
  }
}

export type Customer = ReturnType<typeof customerAt>

/** The popup may close before the driver confirms the press. */
function unlessGone(error: unknown): void {
  if (!(error instanceof WebDriverError) || error.code !== 'no such window') throw error
}

// The payment page in a browser that is driven by WebDriver, and the gateway's window over it or beside it.
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
const permissionHasCome = `
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

  /** Goes to the popup, once the gateway is in it. */
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
    /** The gateways' frames have loaded as well: the SDK opens a window in the very call, and not once they have. */
    async open(url: string): Promise<void> {
      await session.goTo(`${url}?lang=ko`)
      await until('the page', async () => (await session.attribute('main', 'data-ready')) === 'true')
      await until('the gateways’ frames', () => session.run<boolean>(framesHaveLoaded))
      await session.turn()
    },
    /** A sign of a person, and the permission that it brings: nothing is left that a press would wait for. */
    async hasPermission(): Promise<void> {
      await session.press(keys.tab)
      await until('the permission', () => session.run<boolean>(permissionHasCome))
      await session.turn()
    },
    pay: () => session.click(payButton),
    isWaiting: () =>
      until(
        'the button to be busy',
        async () => (await session.attribute(payButton, 'aria-busy')) === 'true',
      ),
    reads: (text: string) => until(`"${text}"`, async () => (await session.text('main')).includes(text)),
    /** Seen from the page: a driver that goes into a frame brings the keyboard with it. */
    seesFrame: (provider: string) =>
      until('the gateway’s window', () => session.run<boolean>(frameHasButtons, `.imp-frame-${provider}`)),
    /** Approves in the gateway's frame if nothing has happened yet. @returns the screen on which it ends */
    end: (provider: string) =>
      until('an end', async () => {
        const screen = await session.run<string>(approveWhilePaying, `.imp-frame-${provider}`)
        return screen !== 'paying' && screen !== 'confirming' && screen
      }),
    /** In the gateway's frame over the page. */
    async inFrame(provider: string, act: string): Promise<void> {
      await session.enterFrame(`.imp-frame-${provider}`)
      await session.click(`button[value=${act}]`)
      await session.leaveFrame()
    },
    /** In the gateway's popup: presses a button there, and it closes itself; or closes it as a customer does. */
    async inPopup(act: 'approve' | 'close'): Promise<void> {
      const page = await session.currentWindow()
      const popup = await openPopup()
      if (act === 'close') await session.closeWindow()
      else await session.click(`button[value=${act}]`).catch(unlessGone)
      await session.switchTo(page)
      await isGone(popup)
    },
    /** By the way back that the page has above or beside every window. */
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

/** The popup may be gone before the driver has said that the button was pressed. */
function unlessGone(error: unknown): void {
  if (!(error instanceof WebDriverError) || error.code !== 'no such window') throw error
}

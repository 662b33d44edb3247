import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { billFacts } from '../components/bill/bill-facts.ts'
import { Contact } from '../components/elements/contact.tsx'
import { type Page, PageContext, usePage } from '../components/page-context.ts'
import { Onward } from '../extras/onward.tsx'
import { ReceiptDetails } from '../extras/receipt-details.tsx'
import { Seller } from '../extras/seller.tsx'
import { type Model, screenOf } from '../flow/model.ts'
import { AwaitingDepositScreen, DisabledScreen, ExpiredScreen, PaidScreen, RefundedScreen } from './ended.tsx'
import { NotFoundScreen, UnreachableScreen } from './no-link.tsx'
import { OpenScreen } from './open.tsx'
import { PaidElsewhereScreen } from './paid-elsewhere.tsx'
import { CancelledScreen, DeclinedScreen, RejectedScreen } from './unpaid.tsx'
import { ConfirmingScreen, LoadingScreen, PayingScreen, UnknownScreen } from './waiting.tsx'

/** `ready` is false until hydration. */
export function App({
  model,
  page,
  ready,
}: {
  model: ReadonlySignal<Model>
  page: ReadonlySignal<Page>
  ready: boolean
}) {
  const now = model.value
  const screen = screenOf(now)
  return (
    <PageContext.Provider value={page.value}>
      <Header model={now} />
      <main data-screen={screen} data-ready={ready || undefined} class={now.at === 'open' ? 'open' : ''}>
        <Screen model={now} />
        {import.meta.env.EXTRAS && now.at === 'settled' && now.view.extras && (
          <ReceiptDetails view={now.view} />
        )}
        {now.at !== 'open' && now.at !== 'paying' && 'view' in now && now.view && <Contact bill={now.view} />}
        {import.meta.env.EXTRAS && <Onward model={now} />}
      </main>
      <Announcer screen={screen} />
    </PageContext.Provider>
  )
}

export function Header({ model }: { model: Model }) {
  const { locale, device } = usePage()
  const { t, language, label } = locale
  const bill = 'view' in model ? model.view : null
  // Omitted if the title is the merchant's name.
  const name = bill?.merchant.name && label(bill.merchant.name) !== bill.title && bill.merchant.name
  const other = language === 'ko' ? 'en' : 'ko'
  return (
    <header inert={model.at === 'paying'}>
      {import.meta.env.EXTRAS && bill?.extras ? (
        <Seller bill={bill} at={model.at} />
      ) : (
        <span class="merchant">{name ? label(name) : ''}</span>
      )}
      <a
        href={`?lang=${other}`}
        hreflang={other}
        lang={other}
        onClick={(click) => {
          if (!device.switchLanguage) return
          click.preventDefault()
          device.switchLanguage()
        }}
      >
        {t('app.switch')}
      </a>
    </header>
  )
}

function Screen({ model }: { model: Model }) {
  const { locale } = usePage()
  switch (model.at) {
    case 'loading':
      return <LoadingScreen />
    case 'not_found':
      return <NotFoundScreen />
    case 'unreachable':
      return <UnreachableScreen charge={model.charge} />
    case 'open':
      return <OpenScreen view={model.view} checkoutState={model.checkoutState} />
    case 'paying':
      return <PayingScreen />
    case 'confirming':
      return <ConfirmingScreen />
    case 'unknown':
      return <UnknownScreen view={model.view} />
    case 'declined':
      return <DeclinedScreen {...model} />
    case 'cancelled':
      return <CancelledScreen {...model} />
    case 'paid_elsewhere':
      return <PaidElsewhereScreen model={model} facts={billFacts(locale, model.view)} />
    case 'rejected':
      return <RejectedScreen view={model.view} rejected={model.rejected} />
    case 'settled':
      switch (model.view.status) {
        case 'paid':
          return <PaidScreen view={model.view} />
        case 'awaiting_deposit':
          return <AwaitingDepositScreen view={model.view} />
        case 'refunded':
          return <RefundedScreen view={model.view} />
        case 'disabled':
          return <DisabledScreen view={model.view} />
        case 'expired':
          return <ExpiredScreen view={model.view} />
      }
  }
}

/**
 * Focuses and announces the heading of a new screen. Lives outside the screens, so an announcement is not cut off.
 */
export function Announcer({ screen }: { screen: string }) {
  const [currentLanguage, setSpoken] = useState('')
  const last = useRef(screen)
  useEffect(() => {
    if (last.current === screen) return
    last.current = screen
    const heading = document.querySelector<HTMLElement>('main h1')
    heading?.focus({ preventScroll: true })
    scrollTo(0, 0)
    setSpoken(heading?.textContent ?? '')
  }, [screen])
  return (
    <p class="unseen" role="status">
      {currentLanguage}
    </p>
  )
}

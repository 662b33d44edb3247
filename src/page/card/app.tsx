import type { ReadonlySignal } from '@preact/signals'
import { Contact } from '../components/elements/contact.tsx'
import { type Page, PageContext, usePage } from '../components/page-context.ts'
import { chargeOf, type Model, screenOf } from '../flow/model.ts'
import { Announcer, Header } from '../screens/app.tsx'
import { RefundedScreen } from '../screens/ended.tsx'
import { NotFoundScreen, UnreachableScreen } from '../screens/no-link.tsx'
import { PaidElsewhereScreen } from '../screens/paid-elsewhere.tsx'
import { RejectedScreen } from '../screens/unpaid.tsx'
import { LoadingScreen } from '../screens/waiting.tsx'
import { CardContext, type CardPage } from './context.ts'
import { CardDisabledScreen, CardExpiredScreen, ExistsScreen, RegisteredScreen } from './ended.tsx'
import { FormScreen } from './form-screen.tsx'
import {
  CardCancelledScreen,
  CardConfirmingScreen,
  CardDeclinedScreen,
  CardPayingScreen,
  CardUnknownScreen,
  registrationFacts,
} from './unregistered.tsx'
import { type OpenCard, registeredOf, termsOf } from './view.ts'
import { WindowScreen } from './window-screen.tsx'

interface Props {
  model: ReadonlySignal<Model>
  page: ReadonlySignal<Page>
  card: ReadonlySignal<CardPage>
}

export function CardApp({ model, page, card }: Props) {
  const now = model.value
  const exists = card.value.exists && now.at === 'open'
  const isDone = now.at === 'settled' && registeredOf(now.view) !== null
  const screen = exists ? 'card_exists' : isDone ? 'registered' : screenOf(now)
  const isOpen = screen === 'open'
  return (
    <PageContext.Provider value={page.value}>
      <CardContext.Provider value={card.value}>
        <Header model={now} />
        <main data-screen={screen} data-ready={card.value.ready || undefined} class={isOpen ? 'open' : ''}>
          {exists ? (
            <ExistsScreen view={now.view} charge={chargeOf(now.view, now.checkoutState)} />
          ) : (
            <Screen model={now} />
          )}
          {!isOpen && now.at !== 'paying' && 'view' in now && now.view && <Contact bill={now.view} />}
        </main>
        <Announcer screen={screen} />
      </CardContext.Provider>
    </PageContext.Provider>
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
    case 'open': {
      const view = model.view as OpenCard
      return termsOf(view).form ? (
        <FormScreen view={view} charge={chargeOf(view, model.checkoutState)} />
      ) : (
        <WindowScreen view={view} checkoutState={model.checkoutState} />
      )
    }
    case 'paying':
      return <CardPayingScreen />
    case 'confirming':
      return <CardConfirmingScreen />
    case 'unknown':
      return <CardUnknownScreen view={model.view} />
    case 'declined':
      return <CardDeclinedScreen {...model} />
    case 'cancelled':
      return <CardCancelledScreen {...model} />
    case 'paid_elsewhere':
      return <PaidElsewhereScreen model={model} facts={registrationFacts(locale, model.view)} />
    case 'rejected':
      return <RejectedScreen view={model.view} rejected={model.rejected} />
    case 'settled':
      switch (model.view.status) {
        case 'paid':
          return <RegisteredScreen view={model.view} />
        case 'refunded':
          return <RefundedScreen view={model.view} />
        case 'disabled':
          return <CardDisabledScreen view={model.view} />
        case 'expired':
          return <CardExpiredScreen view={model.view} />
        case 'awaiting_deposit':
          // Registrations do not issue virtual accounts.
          return <CardConfirmingScreen />
      }
  }
}

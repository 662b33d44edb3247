import { signal } from '@preact/signals'
import { renderToString } from 'preact-render-to-string'
import { type CardView, isCardView } from '../../contract/cards/card-view.ts'
import { homeZone } from '../../contract/date-time.ts'
import type { Language } from '../../contract/language.ts'
import type { LinkView } from '../../contract/links/link-view.ts'
import { createLocale } from '../components/locale.ts'
import type { Page } from '../components/page-context.ts'
import { type PageInput, words } from '../entry/server.tsx'
import { firstModel } from '../flow/model.ts'
import { CardApp } from './app.tsx'
import { type CardAssets, cardDocument } from './document.ts'
import { toFlow } from './view.ts'

type Input = Omit<PageInput, 'view'> & { view: LinkView | CardView | null }

interface Renderer {
  render(input: PageInput): RenderResult
  renderTooMany(input: { language: Language; seconds: number }): string
}

interface RenderResult {
  html: string
  scriptSources: string[]
}

/** Extends the renderer with links that register a card. */
export function withCards<Bills extends Renderer>(
  bills: Bills,
  assets: CardAssets,
): Bills & { render(input: Input): RenderResult } {
  function renderCard(view: CardView, { language, returning, url }: Input) {
    const locale = createLocale(language, words[language], homeZone)
    const page: Page = { locale, device: { url, externalBrowser: null, age: 0 }, dispatch: () => {} }
    const model = signal(firstModel(toFlow(view), returning))
    const card = signal({ ready: false, exists: false })
    const body = renderToString(<CardApp model={model} page={signal(page)} card={card} />)
    const html = cardDocument({ boot: { view, returning, language }, locale, body, assets })
    return { html, scriptSources: [] }
  }

  return {
    ...bills,
    render(input: Input): RenderResult {
      const { view } = input
      return view && isCardView(view) ? renderCard(view, input) : bills.render({ ...input, view })
    },
  }
}

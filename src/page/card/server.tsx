// The screens of a registration, rendered where the link is known.
import { signal } from '@preact/signals'
import { renderToString } from 'preact-render-to-string'
import { type CardView, isCardView } from '../../contract/cards/card-view.ts'
import { homeZone } from '../../contract/date-time.ts'
import type { Language } from '../../contract/language.ts'
import type { LinkView } from '../../contract/links/link-view.ts'
import { readerOf } from '../components/locale.ts'
import type { Page } from '../components/page-context.ts'
import { type PageInput, words } from '../entry/server.tsx'
import { firstModel } from '../flow/model.ts'
import { CardApp } from './app.tsx'
import { type CardAssets, cardDocument } from './document.ts'
import { toFlow } from './view.ts'

type Input = Omit<PageInput, 'view'> & { view: LinkView | CardView | null }

interface Renderer {
  render(input: PageInput): Rendered
  renderTooMany(input: { language: Language; seconds: number }): string
}

interface Rendered {
  html: string
  scriptSources: string[]
}

/** The same renderer, for links that register a card too. */
export function withCards<Bills extends Renderer>(
  bills: Bills,
  assets: CardAssets,
): Bills & { render(input: Input): Rendered } {
  function renderCard(view: CardView, { language, returning, url }: Input) {
    const reader = readerOf(language, words[language], homeZone)
    const page: Page = { reader, device: { url, wayOut: null, age: 0 }, tell: () => {} }
    const model = signal(firstModel(toFlow(view), returning))
    const card = signal({ ready: false, exists: false })
    const body = renderToString(<CardApp model={model} page={signal(page)} card={card} />)
    const html = cardDocument({ boot: { view, returning, language }, reader, body, assets })
    return { html, scriptSources: [] }
  }

  return {
    ...bills,
    render(input: Input): Rendered {
      const { view } = input
      return view && isCardView(view) ? renderCard(view, input) : bills.render({ ...input, view })
    },
  }
}

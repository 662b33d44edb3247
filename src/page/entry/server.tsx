// The same screens, rendered where the link is known: one document with everything the customer needs first.
import { signal } from '@preact/signals'
import { renderToString } from 'preact-render-to-string'
import { homeZone } from '../../contract/date-time.ts'
import { resolveAway, resolveWords } from '../../contract/i18n/resolve.ts'
import type { Words } from '../../contract/i18n/words.ts'
import type { Language } from '../../contract/language.ts'
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Boot } from '../browser/boot-data.ts'
import { StatusScreen } from '../components/elements/status.tsx'
import { readerOf } from '../components/locale.ts'
import type { Page } from '../components/page-context.ts'
import { firstModel } from '../flow/model.ts'
import { App } from '../screens/app.tsx'
import { documentOf, endOf, type PageAssets, sortAssets, wordsOnly } from './document.ts'

export interface PageInput {
  view: LinkView | null
  language: Language
  returning: boolean
  url: string
}

/** Resolved once, at start. */
export const words: Record<Language, Words> = { ko: resolveWords('ko'), en: resolveWords('en') }

/** Packs a document up to its end, and says which bytes, one in each character, close it with that end. */
export type Pack = (html: string) => Promise<{ head: Uint8Array; tail: (end: string) => string }>

/** @param pack what the host packs documents with, where it does that itself */
export function createRenderer(assets: PageAssets, pack?: Pack) {
  const madeFor = sortAssets(assets)

  function begin({ view, language, returning, url }: PageInput): string {
    const boot: Boot = { view, returning, language }
    const reader = readerOf(language, words[language], homeZone)
    const page: Page = { reader, device: { url, wayOut: null, age: 0 }, tell: () => {}, returning }
    const body = renderToString(
      <App model={signal(firstModel(view, returning))} page={signal(page)} ready={false} />,
    )
    return documentOf({ boot, reader, body, made: madeFor(view) })
  }

  async function packed(pack: Pack, input: PageInput & { view: LinkView }) {
    const { head, tail } = await pack(begin(input))
    return {
      head,
      tail: (now: string) => tail(endOf(now)),
      scriptSources: madeFor(input.view).scriptSources,
    }
  }

  return {
    render(input: PageInput) {
      return { html: begin(input) + endOf(input.view?.now), scriptSources: madeFor(input.view).scriptSources }
    },
    ...(pack && { pack: (input: PageInput & { view: LinkView }) => packed(pack, input) }),
    renderTooMany({ language, seconds }: { language: Language; seconds: number }): string {
      const { say } = readerOf(language, words[language], homeZone)
      const heading = say('open.tooMany', { seconds })
      const body = renderToString(
        <main data-screen="too_many">
          <StatusScreen glyph="alert" tone="problem" heading={heading} />
        </main>,
      )
      return wordsOnly({ language, heading, body, style: assets.style })
    },
    renderUnavailable({ language, returning }: { language: Language; returning: boolean }): string {
      const away = resolveAway(language)
      const heading = away[returning ? 'away.returning' : 'away.heading']
      const body = renderToString(
        <main data-screen="away">
          <StatusScreen
            glyph={returning ? 'question' : 'alert'}
            tone="problem"
            heading={heading}
            text={away[returning ? 'away.returningText' : 'away.text']}
          >
            {/* biome-ignore lint/a11y/useValidAnchor: empty is the document's own address, query included */}
            <a class="secondary" href="">
              {away['away.again']}
            </a>
          </StatusScreen>
        </main>,
      )
      return wordsOnly({ language, heading, body, style: assets.style })
    },
  }
}

// Server rendering of the page.
import { signal } from '@preact/signals'
import { renderToString } from 'preact-render-to-string'
import { homeZone } from '../../contract/date-time.ts'
import { resolveUnavailableWords, resolveWords } from '../../contract/i18n/resolve.ts'
import type { Words } from '../../contract/i18n/words.ts'
import type { Language } from '../../contract/language.ts'
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Boot } from '../browser/boot-data.ts'
import { StatusScreen } from '../components/elements/status.tsx'
import { createLocale } from '../components/locale.ts'
import type { Page } from '../components/page-context.ts'
import { firstModel } from '../flow/model.ts'
import { App } from '../screens/app.tsx'
import { documentEnd, documentStart, messageDocument, type PageAssets, selectAssets } from './document.ts'

export interface PageInput {
  view: LinkView | null
  language: Language
  returning: boolean
  url: string
}

export const words: Record<Language, Words> = { ko: resolveWords('ko'), en: resolveWords('en') }

/** Compresses the document's start; `tail` returns the bytes that complete it, one per character. */
export type Pack = (html: string) => Promise<{ head: Uint8Array; tail: (end: string) => string }>

/** @param pack if the host compresses documents itself */
export function createRenderer(assets: PageAssets, pack?: Pack) {
  const assetsFor = selectAssets(assets)

  function renderStart({ view, language, returning, url }: PageInput): string {
    const boot: Boot = { view, returning, language }
    const locale = createLocale(language, words[language], homeZone)
    const page: Page = {
      locale,
      device: { url, externalBrowser: null, age: 0 },
      dispatch: () => {},
      returning,
    }
    const body = renderToString(
      <App model={signal(firstModel(view, returning))} page={signal(page)} ready={false} />,
    )
    return documentStart({ boot, locale, body, assets: assetsFor(view) })
  }

  async function packDocument(pack: Pack, input: PageInput & { view: LinkView }) {
    const { head, tail } = await pack(renderStart(input))
    return {
      head,
      tail: (now: string) => tail(documentEnd(now)),
      scriptSources: assetsFor(input.view).scriptSources,
    }
  }

  return {
    render(input: PageInput) {
      return {
        html: renderStart(input) + documentEnd(input.view?.now),
        scriptSources: assetsFor(input.view).scriptSources,
      }
    },
    ...(pack && { pack: (input: PageInput & { view: LinkView }) => packDocument(pack, input) }),
    renderTooMany({ language, seconds }: { language: Language; seconds: number }): string {
      const { t } = createLocale(language, words[language], homeZone)
      const heading = t('open.tooMany', { seconds })
      const body = renderToString(
        <main data-screen="too_many">
          <StatusScreen glyph="alert" tone="problem" heading={heading} />
        </main>,
      )
      return messageDocument({ language, heading, body, style: assets.style })
    },
    renderUnavailable({ language, returning }: { language: Language; returning: boolean }): string {
      const unavailableWords = resolveUnavailableWords(language)
      const heading = unavailableWords[returning ? 'away.returning' : 'away.heading']
      const body = renderToString(
        <main data-screen="away">
          <StatusScreen
            glyph={returning ? 'question' : 'alert'}
            tone="problem"
            heading={heading}
            text={unavailableWords[returning ? 'away.returningText' : 'away.text']}
          >
            {/* biome-ignore lint/a11y/useValidAnchor: empty is the document's own address, query included */}
            <a class="secondary" href="">
              {unavailableWords['away.again']}
            </a>
          </StatusScreen>
        </main>,
      )
      return messageDocument({ language, heading, body, style: assets.style })
    },
  }
}

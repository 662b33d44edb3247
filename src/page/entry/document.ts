import type { Language } from '../../contract/language.ts'
import type { Label, LinkView } from '../../contract/links/link-view.ts'
import { type Boot, bootElementId, rootElementId } from '../browser/boot-data.ts'
import type { Locale } from '../components/locale.ts'

/** Build output of the page, as text to inline. */
export interface PageAssets {
  script: string
  style: string
  scriptSource: string
  /** Only for links with extras. */
  extras?: ExtraAssets
}

interface ExtraAssets {
  /** Replaces the plain script; differs only in the URL of its late script. */
  script: string
  scriptSource: string
  /** Appended to the plain style. */
  style: string
  /** Only if a shop may embed the page. */
  frame: string
  frameSource: string
}

/** Assets inlined into one document. */
export interface DocumentAssets {
  style: string
  scripts: string[]
  scriptSources: string[]
}

/** Returns a function that selects the assets of a link. */
export function selectAssets({ script, scriptSource, style, extras }: PageAssets) {
  const plain: DocumentAssets = { style, scripts: [script], scriptSources: [scriptSource] }
  const withExtras: DocumentAssets = !extras
    ? plain
    : { style: style + extras.style, scripts: [extras.script], scriptSources: [extras.scriptSource] }
  const framed: DocumentAssets = !extras
    ? plain
    : {
        ...withExtras,
        scripts: [extras.frame, ...withExtras.scripts],
        scriptSources: [extras.frameSource, ...withExtras.scriptSources],
      }
  return (view: LinkView | null): DocumentAssets => {
    if (!view?.extras) return plain
    return view.extras.embed ? framed : withExtras
  }
}

interface Parts {
  boot: Boot
  locale: Locale
  body: string
  assets: DocumentAssets
}

/**
 * The document up to `documentEnd`, complete without a second request. The edge's clock comes last, so that
 * everything before it can be cached.
 */
export function documentStart({ boot, locale, body, assets }: Parts): string {
  const { view } = boot
  const title = view ? view.title : locale.t('notFound.heading')
  return `${openHead(locale, title, locale.t('app.preview'), view?.merchant.name)}
${view?.status === 'open' && !view.paid_elsewhere ? preconnect(view.sdk.url) : ''}<style>${assets.style}</style>
<noscript><style>#hint,.pay .primary{display:none}</style></noscript>
</head>
<body>
<div id="${rootElementId}">${body}</div>
${assets.scripts.map(asModule).join('')}<script type="application/json" id="${bootElementId}">${bootWithoutNow(boot)}`
}

/** Start of a document, up to the open head. @param preview description in link previews */
export function openHead(locale: Locale, title: string, preview: string, seller: Label | undefined): string {
  return `${commonHead(locale.language, title)}
<meta name="format-detection" content="telephone=no">
<meta property="og:type" content="website">
<meta property="og:title" content="${escaped(title)}">
<meta property="og:description" content="${escaped(preview)}">
${seller ? `<meta property="og:site_name" content="${escaped(locale.label(seller))}">\n` : ''}<link rel="icon" href="${icon}">`
}

const commonHead = (language: Language, title: string) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${escaped(title)}</title>
<meta name="robots" content="noindex,nofollow">`

/**
 * Last field of the boot data and the end of the document.
 * @param now of the view, if there is one
 */
export function documentEnd(now: string | undefined): string {
  return `${now ? `,"now":"${now}"}}` : ''}</script>\n</body>\n</html>`
}

const asModule = (script: string) => `<script type="module">${script}</script>\n`

/** JSON without the view's `now` and the last two braces. */
function bootWithoutNow({ view, ...rest }: Boot): string {
  if (!view) return jsonInHtml({ ...rest, view })
  const { now: _, ...bill } = view
  return jsonInHtml({ ...rest, view: bill }).slice(0, -2)
}

/** A document with a message and no script. */
export function messageDocument({
  language,
  heading,
  body,
  style,
}: Pick<Parts, 'body'> & Pick<DocumentAssets, 'style'> & Heading): string {
  return `${commonHead(language, heading)}
<link rel="icon" href="${icon}">
<style>${style}</style>
</head>
<body>
<div id="${rootElementId}"><header></header>${body}</div>
</body>
</html>`
}

interface Heading {
  language: Language
  heading: string
}

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath fill='none' stroke='%231b45cf' stroke-width='2.5' stroke-linecap='round' d='M3 17V9m18 8V9M3 11c5 7 13 7 18 0M8 14v3m8-3v3'/%3E%3C/svg%3E"

function preconnect(url: string): string {
  return URL.canParse(url) ? `<link rel="preconnect" href="${escaped(new URL(url).origin)}">\n` : ''
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Without `<` the JSON can contain neither `</script>` nor an HTML comment. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

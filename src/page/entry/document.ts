import type { Language } from '../../contract/language.ts'
import type { Label, LinkView } from '../../contract/links/link-view.ts'
import { type Boot, bootElementId, rootElementId } from '../browser/boot-data.ts'
import type { Reader } from '../components/locale.ts'

/** The built page, as text to be written into the document. */
export interface PageAssets {
  script: string
  style: string
  /** CSP source of `script`: `'sha256-…'`. */
  scriptSource: string
  /** Only for links with extras. */
  extras?: ExtraAssets
}

interface ExtraAssets {
  /** Stands for the other one, and differs in the file that it goes on with. */
  script: string
  scriptSource: string
  /** Comes after the other one. */
  style: string
  /** Only where a shop may hold the page in a frame. */
  frame: string
  frameSource: string
}

/** What a document is made of besides its link. */
export interface Ingredients {
  style: string
  scripts: string[]
  scriptSources: string[]
}

/** @returns what fits a link: an ordinary one carries nothing of the extras */
export function sortAssets({ script, scriptSource, style, extras }: PageAssets) {
  const plain: Ingredients = { style, scripts: [script], scriptSources: [scriptSource] }
  const more: Ingredients = !extras
    ? plain
    : { style: style + extras.style, scripts: [extras.script], scriptSources: [extras.scriptSource] }
  const framed: Ingredients = !extras
    ? plain
    : {
        ...more,
        scripts: [extras.frame, ...more.scripts],
        scriptSources: [extras.frameSource, ...more.scriptSources],
      }
  return (view: LinkView | null): Ingredients => {
    if (!view?.extras) return plain
    return view.extras.embed ? framed : more
  }
}

interface Parts {
  boot: Boot
  reader: Reader
  /** The rendered screen. */
  body: string
  made: Ingredients
}

/**
 * The answer to `GET /{id}` up to `endOf`: nothing in it makes the browser wait for a second request.
 * What changes with each answer, the edge's clock, comes last, so that all the rest can be kept.
 */
export function documentOf({ boot, reader, body, made }: Parts): string {
  const { view } = boot
  const title = view ? view.title : reader.say('notFound.heading')
  return `${headOf(reader, title, reader.say('app.preview'), view?.merchant.name)}
${view?.status === 'open' && !view.paid_elsewhere ? preconnect(view.sdk.url) : ''}<style>${made.style}</style>
<noscript><style>#hint,.pay .primary{display:none}</style></noscript>
</head>
<body>
<div id="${rootElementId}">${body}</div>
${made.scripts.map(asModule).join('')}<script type="application/json" id="${bootElementId}">${bootWithoutNow(boot)}`
}

/** A document's beginning, its head still open. @param preview what a chat says of the address */
export function headOf(reader: Reader, title: string, preview: string, seller: Label | undefined): string {
  return `${anyHead(reader.language, title)}
<meta name="format-detection" content="telephone=no">
<meta property="og:type" content="website">
<meta property="og:title" content="${escaped(title)}">
<meta property="og:description" content="${escaped(preview)}">
${seller ? `<meta property="og:site_name" content="${escaped(reader.label(seller))}">\n` : ''}<link rel="icon" href="${icon}">`
}

const anyHead = (language: Language, title: string) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${escaped(title)}</title>
<meta name="robots" content="noindex,nofollow">`

/**
 * The boot's last field and whatever closes the document.
 * @param now of the view, where there is one
 */
export function endOf(now: string | undefined): string {
  return `${now ? `,"now":"${now}"}}` : ''}</script>\n</body>\n</html>`
}

const asModule = (script: string) => `<script type="module">${script}</script>\n`

/** JSON that still lacks the view's `now`, and so its two last braces. */
function bootWithoutNow({ view, ...rest }: Boot): string {
  if (!view) return jsonInHtml({ ...rest, view })
  const { now: _, ...bill } = view
  return jsonInHtml({ ...rest, view: bill }).slice(0, -2)
}

/** A document that says one thing and can do nothing. */
export function wordsOnly({
  language,
  heading,
  body,
  style,
}: Pick<Parts, 'body'> & Pick<Ingredients, 'style'> & Heading): string {
  return `${anyHead(language, heading)}
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

/** No `<` means no `</script>` and no comment that could swallow the rest of the document. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

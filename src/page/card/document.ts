import { bootElementId, rootElementId } from '../boot.ts'
import { escaped, icon, jsonInHtml } from '../document.ts'
import type { Reader } from '../reader.ts'
import type { CardBoot } from './boot.ts'

/** The built page of registrations: one script, fetched with the document, and its styles as text. */
export interface CardAssets {
  /** Path of the script. */
  script: string
  style: string
}

interface Parts {
  boot: CardBoot
  reader: Reader
  body: string
  assets: CardAssets
}

/** Nothing but data is written into it: the one script is a file of ours. */
export function cardDocument({ boot, reader, body, assets }: Parts): string {
  const { title, merchant } = boot.view
  const { name } = merchant
  return `<!doctype html>
<html lang="${reader.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>${escaped(title)}</title>
<meta name="robots" content="noindex,nofollow">
<meta name="format-detection" content="telephone=no">
<meta property="og:type" content="website">
<meta property="og:title" content="${escaped(title)}">
<meta property="og:description" content="${escaped(reader.say('card.preview'))}">
${name ? `<meta property="og:site_name" content="${escaped(reader.label(name))}">\n` : ''}<link rel="icon" href="${icon}">
<script type="module" src="${assets.script}"></script>
<style>${assets.style}</style>
<noscript><style>#hint,.pay .primary,.card-form{display:none}</style></noscript>
</head>
<body>
<div id="${rootElementId}">${body}</div>
<script type="application/json" id="${bootElementId}">${jsonInHtml(boot)}</script>
</body>
</html>`
}

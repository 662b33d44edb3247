import { bootElementId, rootElementId } from '../browser/boot-data.ts'
import type { Reader } from '../components/locale.ts'
import { headOf, jsonInHtml } from '../entry/document.ts'
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
  return `${headOf(reader, title, reader.say('card.preview'), merchant.name)}
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

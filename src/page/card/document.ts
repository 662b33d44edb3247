import type { CardView } from '../../contract/cards/card-view.ts'
import { type Boot, bootElementId, rootElementId } from '../browser/boot-data.ts'
import type { Locale } from '../components/locale.ts'
import { jsonInHtml, openHead } from '../entry/document.ts'

/** Data that the edge writes into the document of a registration. */
export type CardBoot = Omit<Boot, 'view'> & { view: CardView }

/** Build output of the registration page. */
export interface CardAssets {
  /** Path of the script. */
  script: string
  style: string
}

interface Parts {
  boot: CardBoot
  locale: Locale
  body: string
  assets: CardAssets
}

/** Contains no inline script; the only script is a file of this origin. */
export function cardDocument({ boot, locale, body, assets }: Parts): string {
  const { title, merchant } = boot.view
  return `${openHead(locale, title, locale.t('card.preview'), merchant.name)}
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

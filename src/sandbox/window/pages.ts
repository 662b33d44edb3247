import { html } from 'hono/html'
import type { Attempt } from '../engine/ledger.ts'
import type { Payment } from '../engine/payment.ts'
import { formatAmount } from './format-amount.ts'
import { resultMessage, returnUrlOf } from './result.ts'
import { type Language, languageOf, methodName, textsOf } from './texts.ts'

type Html = ReturnType<typeof html>
type Row = [name: string, value: string | null]

interface DocumentParts {
  language: Language
  title: string
  /** path of `files/` relative to the page */
  files: string
  body: Html
}

const htmlDocument = ({ language, title, files, body }: DocumentParts) => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${files}/window.css">
</head>
${body}
</html>`

const banner = (first: string, second: string) =>
  html`<p class="test"><strong>${first}</strong> · ${second}</p>`

const rowList = (list: Row[]) =>
  html`<dl>${list
    .filter(([, value]) => value)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

interface ChannelFrameInput {
  user: string
  provider: string
  pgId: string
  /** origin of the gateways' scripts; null: this origin */
  scriptOrigin: string | null
}

export function channelFramePage({ user, provider, pgId, scriptOrigin }: ChannelFrameInput) {
  const texts = textsOf('ko')
  const body = html`<body data-user="${user}" data-provider="${provider}" data-pgid="${pgId}"
 data-scripts="${scriptOrigin ?? ''}">
${banner(texts.window, texts.noRealMoney)}
<main><p class="note">${texts.continueInNewWindow}</p></main>
<script src="../../../files/ready.js"></script>
</body>`
  return htmlDocument({ language: 'ko', title: texts.window, files: '../../../files', body })
}

/** Initial page of the checkout service's iframe. */
export function checkoutFramePage() {
  const texts = textsOf('ko')
  const body = html`<body>
${banner(texts.window, texts.noRealMoney)}
<script src="../../window/files/newer.js"></script>
</body>`
  return htmlDocument({ language: 'ko', title: texts.window, files: '../../window/files', body })
}

export function paymentPage({ windowKey, payment, order, channel }: Attempt) {
  const language = languageOf(order.language)
  const texts = textsOf(language)
  const { pay_method } = payment
  const body = html`<body>
${banner(texts.window, texts.noRealMoney)}
<main>
<h1>${texts.amount}</h1>
<p class="amount">${formatAmount(payment.amount, payment.currency, language)}</p>
${rowList([
  [texts.order, payment.name],
  [texts.orderNumber, payment.merchant_uid],
  [texts.method, methodName(pay_method, language)],
  [texts.register, payment.customer_uid],
  [texts.gateway, `${channel.pg_provider}.${channel.pg_id}`],
])}
<form method="post" action="${windowKey}" data-working="${texts.working}">
<p role="status">${texts.choose}</p>
<button class="main" name="act" value="approve">${pay_method === 'vbank' ? texts.issue : texts.approve}</button>
<button name="act" value="decline">${texts.decline}</button>
<button name="act" value="cancel">${texts.cancel}</button>
</form>
</main>
<script src="files/sheet.js"></script>
</body>`
  return htmlDocument({ language, title: texts.window, files: 'files', body })
}

export function returnPage(attempt: Attempt) {
  const language = languageOf(attempt.order.language)
  const texts = textsOf(language)
  const address = attempt.windowMode === 'top' ? returnUrlOf(attempt) : null
  const body = html`<body data-mode="${attempt.windowMode}" data-origin="${attempt.origin}"
 data-message="${resultMessage(attempt)}" data-address="${address ?? ''}">
${banner(texts.window, texts.noRealMoney)}
<main><p class="note">${
    address ? html`${texts.back}<br><a href="${address}">${texts.goBack}</a>` : texts.finished
  }</p></main>
<script src="files/return.js"></script>
</body>`
  return htmlDocument({ language, title: texts.window, files: 'files', body })
}

/** Shown in both languages, since the customer's language is not known. */
export function errorPage({ reason, files }: { reason: 'notFound' | 'notStarted'; files: string }) {
  const texts = textsOf('ko')
  const body = html`<body>
${banner(texts.window, texts.noRealMoney)}
<main><p class="note">${texts[reason]}<br><span lang="en">${textsOf('en')[reason]}</span></p></main>
</body>`
  return htmlDocument({ language: 'ko', title: texts.window, files, body })
}

export function receiptPage({ payment, language }: { payment: Payment; language: Language }) {
  const texts = textsOf(language)
  const { currency } = payment
  const paidAt = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
  })
  const body = html`<body>
${banner(texts.receipt, texts.receiptNote)}
<main>
<h1>${texts.amount}</h1>
<p class="amount">${formatAmount(payment.amount, currency, language)}</p>
${rowList([
  [texts.order, payment.name],
  [texts.orderNumber, payment.merchant_uid],
  [texts.method, methodName(payment.pay_method, language)],
  [texts.card, payment.card_name && `${payment.card_name} ${payment.card_number}`],
  [texts.approval, payment.apply_num],
  [texts.paidAt, `${paidAt.format(payment.paid_at * 1000)} KST`],
  [
    texts.cancelled,
    payment.cancel_amount > 0 ? formatAmount(payment.cancel_amount, currency, language) : null,
  ],
])}
</main>
</body>`
  return htmlDocument({ language, title: texts.receipt, files: '../window/files', body })
}

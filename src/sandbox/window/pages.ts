import { html } from 'hono/html'
import type { Attempt } from '../engine/ledger.ts'
import type { Payment } from '../engine/payment.ts'
import { writeAmount } from './format-amount.ts'
import { resultAddress, resultMessage } from './result.ts'
import { type Language, languageOf, methodName, wordsOf } from './texts.ts'

type Html = ReturnType<typeof html>
type Fact = [name: string, value: string | null]

interface Frame {
  language: Language
  title: string
  /** of `files/`, seen from the page */
  files: string
  body: Html
}

const frame = ({ language, title, files, body }: Frame) => html`<!doctype html>
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

const facts = (list: Fact[]) =>
  html`<dl>${list
    .filter(([, value]) => value)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

interface ChannelPage {
  user: string
  provider: string
  pgId: string
  /** origin of gateways' own scripts; null: this one */
  scripts: string | null
}

export function readyPage({ user, provider, pgId, scripts }: ChannelPage) {
  const words = wordsOf('ko')
  const body = html`<body data-user="${user}" data-provider="${provider}" data-pgid="${pgId}"
 data-scripts="${scripts ?? ''}">
${banner(words.window, words.harmless)}
<main><p class="note">${words.beside}</p></main>
<script src="../../../files/ready.js"></script>
</body>`
  return frame({ language: 'ko', title: words.window, files: '../../../files', body })
}

/** The newer path's frame before it becomes a window. */
export function newerPage() {
  const words = wordsOf('ko')
  const body = html`<body>
${banner(words.window, words.harmless)}
<script src="../../window/files/newer.js"></script>
</body>`
  return frame({ language: 'ko', title: words.window, files: '../../window/files', body })
}

export function sheetPage({ key, payment, order, channel }: Attempt) {
  const language = languageOf(order.language)
  const words = wordsOf(language)
  const { pay_method } = payment
  const body = html`<body>
${banner(words.window, words.harmless)}
<main>
<h1>${words.amount}</h1>
<p class="amount">${writeAmount(payment.amount, payment.currency, language)}</p>
${facts([
  [words.order, payment.name],
  [words.number, payment.merchant_uid],
  [words.method, methodName(pay_method, language)],
  [words.register, payment.customer_uid],
  [words.gateway, `${channel.pg_provider}.${channel.pg_id}`],
])}
<form method="post" action="${key}" data-working="${words.working}">
<p role="status">${words.choose}</p>
<button class="main" name="act" value="approve">${pay_method === 'vbank' ? words.issue : words.approve}</button>
<button name="act" value="decline">${words.decline}</button>
<button name="act" value="cancel">${words.cancel}</button>
</form>
</main>
<script src="files/sheet.js"></script>
</body>`
  return frame({ language, title: words.window, files: 'files', body })
}

export function returnPage(attempt: Attempt) {
  const language = languageOf(attempt.order.language)
  const words = wordsOf(language)
  const address = attempt.way === 'top' ? resultAddress(attempt) : null
  const body = html`<body data-way="${attempt.way}" data-origin="${attempt.origin}"
 data-message="${resultMessage(attempt)}" data-address="${address ?? ''}">
${banner(words.window, words.harmless)}
<main><p class="note">${
    address ? html`${words.back}<br><a href="${address}">${words.goBack}</a>` : words.finished
  }</p></main>
<script src="files/return.js"></script>
</body>`
  return frame({ language, title: words.window, files: 'files', body })
}

/** For an address that leads nowhere; in both languages, as nothing says which one to use. */
export function deadEndPage({ why, files }: { why: 'gone' | 'failed'; files: string }) {
  const words = wordsOf('ko')
  const body = html`<body>
${banner(words.window, words.harmless)}
<main><p class="note">${words[why]}<br><span lang="en">${wordsOf('en')[why]}</span></p></main>
</body>`
  return frame({ language: 'ko', title: words.window, files, body })
}

export function receiptPage({ payment, language }: { payment: Payment; language: Language }) {
  const words = wordsOf(language)
  const { currency } = payment
  const paidAt = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
  })
  const body = html`<body>
${banner(words.receipt, words.receiptNote)}
<main>
<h1>${words.amount}</h1>
<p class="amount">${writeAmount(payment.amount, currency, language)}</p>
${facts([
  [words.order, payment.name],
  [words.number, payment.merchant_uid],
  [words.method, methodName(payment.pay_method, language)],
  [words.card, payment.card_name && `${payment.card_name} ${payment.card_number}`],
  [words.approval, payment.apply_num],
  [words.paidAt, `${paidAt.format(payment.paid_at * 1000)} KST`],
  [
    words.cancelled,
    payment.cancel_amount > 0 ? writeAmount(payment.cancel_amount, currency, language) : null,
  ],
])}
</main>
</body>`
  return frame({ language, title: words.receipt, files: './files', body })
}

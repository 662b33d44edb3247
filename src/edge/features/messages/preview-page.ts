// The sandbox's message preview as an HTML page.
import { html } from 'hono/html'
import { formatDateTime, homeZone } from '../../../contract/date-time.ts'
import { messageTranslator, type TranslateMessage } from '../../../contract/i18n/resolve-messages.ts'
import type { Language } from '../../../contract/language.ts'
import { countBytes } from './euc-kr.ts'
import type { PreviewedMessage } from './preview.ts'

export function previewPage(messages: readonly PreviewedMessage[], language: Language) {
  const t = messageTranslator(language)
  const other = language === 'ko' ? 'en' : 'ko'
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${t('shelf.heading')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="messages/style.css">
</head>
<body>
<header><h1>${t('shelf.heading')}</h1><a href="?lang=${other}" lang="${other}" hreflang="${other}">${t('shelf.switch')}</a></header>
<main>
<p class="note">${t('shelf.note')}</p>
${messages.length > 0 ? messages.map((message) => card(message, t, language)) : html`<p class="none">${t('shelf.none')}</p>`}
</main>
</body>
</html>
`
}

function card(message: PreviewedMessage, t: TranslateMessage, language: Language) {
  const { id, at, to } = message
  return html`<article aria-labelledby="${id}">
<h2 id="${id}">${headingOf(message, t)}</h2>
<dl>
<div><dt>${t('shelf.to')}</dt><dd>${to}</dd></div>
<div><dt>${t('shelf.at')}</dt><dd>${formatDateTime(new Date(at).toISOString(), language, homeZone)}</dd></div>
</dl>
${message.channel === 'email' ? mailOf(message, t) : textOf(message)}
</article>
`
}

function headingOf(message: PreviewedMessage, t: TranslateMessage): string {
  if (message.channel === 'email') return t('shelf.email')
  const bytes = countBytes(message.text)
  return message.type === 'SMS' ? t('shelf.short', { bytes }) : t('shelf.long', { bytes })
}

function mailOf(
  { id, language, subject, text }: Extract<PreviewedMessage, { channel: 'email' }>,
  t: TranslateMessage,
) {
  return html`<p class="subject" lang="${language}">${subject}</p>
<h3>${t('shelf.plain')}</h3>
<p class="text" lang="${language}">${linked(text.trimEnd())}</p>
<h3>${t('shelf.drawn')}</h3>
<iframe lang="${language}" title="${subject}" src="messages/${id}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
}

function textOf({ language, subject, text }: Extract<PreviewedMessage, { channel: 'phone' }>) {
  return html`${subject ? html`<p class="subject" lang="${language}">${subject}</p>` : ''}<p class="text bubble" lang="${language}">${linked(text)}</p>`
}

/** Makes URLs clickable. */
function linked(text: string) {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, at) => (at % 2 ? html`<a href="${part}">${part}</a>` : part))
}

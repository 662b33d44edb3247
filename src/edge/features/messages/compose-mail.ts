// Pure: composes a message as an e-mail, in plain text and HTML.
import { html } from 'hono/html'
import type { Mail } from '../../platform/ports/messaging.ts'
import { describeMessage, type MessageSource, type MessageText } from './describe-message.ts'

export function composeMail(source: MessageSource, id: string, to: string): Mail {
  const described = describeMessage(source)
  const { language } = described
  const [subject, text, page] = [subjectOf(described), textOf(described), htmlOf(described)]
  return { id, to, language, subject, text, html: String(page) }
}

/** Single line: a line break in a name would inject another header. */
function subjectOf({ t, kind, merchant, amount, order }: MessageText): string {
  const subject =
    kind === 'link'
      ? t('link.subject', { merchant, amount, order })
      : t(`${kind}.subject`, { merchant, order })
  return subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

function textOf({ t, kind, merchant, facts, contact, url }: MessageText): string {
  const blocks = [
    t(`${kind}.intro`, { merchant }),
    facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    url,
    [t('message.why'), ...(contact ? [contact] : [])].join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

const fonts = "-apple-system,'Apple SD Gothic Neo','Noto Sans KR','Malgun Gothic',sans-serif"
const soft = 'margin:0 0 8px;font-size:14px;line-height:22px;color:#4d5766'
const cell = 'padding:10px 0;border-top:1px solid #d9dee6;vertical-align:top;line-height:24px'
const button =
  'display:inline-block;padding:16px 28px;border-radius:12px;background:#1f5fd0;color:#ffffff;font-weight:600;text-decoration:none'

// Inline styles, because many mail clients drop style sheets.
function htmlOf(described: MessageText) {
  const { language, t, kind, merchant, facts, contact, url } = described
  const rows = facts.map(
    ([name, value]) =>
      html`<tr><th scope="row" style="${cell};width:72px;padding-right:16px;text-align:left;font-weight:400;color:#4d5766">${name}</th><td style="${cell};font-weight:600">${value}</td></tr>`,
  )
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light only">
<title>${subjectOf(described)}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f4f6f9;color:#161b22;font:16px/24px ${fonts};word-break:keep-all;overflow-wrap:anywhere">
<div role="article" aria-roledescription="email" aria-label="${subjectOf(described)}" style="max-width:480px;margin:0 auto;padding:28px 24px;border-radius:16px;background:#ffffff">
<p style="${soft}">${merchant}</p>
<h1 style="margin:0 0 12px;font-size:22px;line-height:30px">${t(`${kind}.heading`)}</h1>
<p style="margin:0 0 20px">${t(`${kind}.intro`, { merchant })}</p>
<table style="width:100%;border-collapse:collapse;border-bottom:1px solid #d9dee6;margin:0 0 24px">${rows}</table>
<p style="margin:0 0 24px"><a href="${url}" target="_blank" rel="noopener" style="${button}">${t(kind === 'receipt' ? 'message.show' : 'message.pay')}</a></p>
<p style="${soft}">${t('message.address')}<br><a href="${url}" target="_blank" rel="noopener" style="color:#1f5fd0">${url}</a></p>
<p style="${soft}">${t('message.why')}</p>
${contact ? html`<p style="${soft}">${contact}</p>` : ''}
</div>
</body>
</html>
`
}

// The bill as one would write it by hand, without a framework: the same words, marks and styles as Dari's own
// page, radios that are chosen and a button that says it is working. No language switch, no screens, no payment.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

const styles = resolve(import.meta.dirname, '../../../src/page/styles')

/** What the bill needs of the page's styles: not those of the other screens. */
function style(): string {
  return ['colours', 'frame', 'text', 'buttons', 'notice', 'motion', 'wide', 'bill', 'methods', 'pay']
    .map((name) => readFileSync(join(styles, `${name}.css`), 'utf8'))
    .join('')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};:,>]) ?/g, '$1')
    .replaceAll(';}', '}')
}

const script = `
const form=document.forms[0],main=form.closest('main');let method='m1'
form.addEventListener('change',e=>{method=e.target.value})
form.addEventListener('submit',e=>{e.preventDefault();form.querySelector('.primary').setAttribute('aria-busy','true')})
main.dataset.ready='true'`

/**
 * @param document what Dari answers: its body, as it is rendered, is the bill to show
 * @returns the page in brotli at its highest level, as one would keep it on disk
 */
export function handWritten(document: string): Buffer {
  const part = (pattern: RegExp) => pattern.exec(document)?.[0] ?? ''
  const html = `${part(/^[\s\S]*?(?=<style>)/)}<style>${style()}</style></head><body>${part(
    /<div id="app">[\s\S]*?(?=\n<script)/,
  ).replace(' data-ready', '')}<script type="module">${script}</script></body></html>`
  return brotliCompressSync(html)
}

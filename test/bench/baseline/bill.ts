// The payment page written by hand, without a framework: the texts, HTML and styles of Dari's page, its
// method radios and the busy state of its button. No language switch, no other screens, no payment.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

const styles = resolve(import.meta.dirname, '../../../src/page/styles')

/** Leaves out the styles of other screens. */
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
 * @param document Dari's response; its rendered body is shown
 * @returns the page in brotli at the highest level, as stored on disk
 */
export function handWritten(document: string): Buffer {
  const part = (pattern: RegExp) => pattern.exec(document)?.[0] ?? ''
  const html = `${part(/^[\s\S]*?(?=<style>)/)}<style>${style()}</style></head><body>${part(
    /<div id="app">[\s\S]*?(?=\n<script)/,
  ).replace(' data-ready', '')}<script type="module">${script}</script></body></html>`
  return brotliCompressSync(html)
}

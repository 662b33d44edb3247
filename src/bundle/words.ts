import type { Plugin } from 'vite'
import { koCard } from '../contract/i18n/ko-card.ts'
import { resolveExtraWords, resolveWords } from '../contract/i18n/resolve.ts'
import { isLanguage } from '../contract/language.ts'

/**
 * `virtual:words/ko`, `virtual:extra-words/ko`: the sentences of one language as i18next resolves them. Those about
 * cards are for the page that registers one alone.
 */
export function words(): Plugin {
  const form = /^\0?virtual:(words|extra-words)\/(\w+)$/
  return {
    name: 'words',
    resolveId: (id) => (form.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, which, language] = form.exec(id) ?? []
      if (!isLanguage(language)) return undefined
      const resolved = which === 'words' ? resolveWords(language) : resolveExtraWords(language)
      const all = Object.entries(resolved)
      // A development server has one client for all pages.
      const forCards = this.environment.name === 'cards' || this.environment.mode === 'dev'
      const own = forCards ? all : all.filter(([key]) => !(key in koCard))
      return `export default ${JSON.stringify(Object.fromEntries(own))}`
    },
  }
}

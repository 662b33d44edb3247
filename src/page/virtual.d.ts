declare module 'virtual:words/*' {
  const words: import('../contract/i18n/words.ts').Words
  export default words
}

declare module 'virtual:extra-words/*' {
  const words: import('../contract/i18n/words.ts').ExtraWords
  export default words
}

/** Address of the built screens.tsx. */
declare module 'virtual:screens' {
  const url: string
  export default url
}

interface ImportMetaEnv {
  /** Whether this part of the build draws what only links with extras show. */
  readonly EXTRAS: boolean
}

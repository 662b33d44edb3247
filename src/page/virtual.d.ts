declare module 'virtual:words/*' {
  const words: import('../contract/i18n/words.ts').Words
  export default words
}

declare module 'virtual:extra-words/*' {
  const words: import('../contract/i18n/words.ts').ExtraWords
  export default words
}

/** URL of the late script. */
declare module 'virtual:screens' {
  const url: string
  export default url
}

interface ImportMetaEnv {
  /** Whether this build includes the screens of links with extras. */
  readonly EXTRAS: boolean
}

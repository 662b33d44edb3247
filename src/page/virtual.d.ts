declare module 'virtual:words/*' {
  const words: import('../contract/words/words.ts').Words
  export default words
}

/** Address of the built screens.tsx. */
declare module 'virtual:screens' {
  const url: string
  export default url
}

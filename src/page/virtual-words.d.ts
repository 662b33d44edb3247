declare module 'virtual:words/*' {
  const words: import('../contract/words/words.ts').Words
  export default words
}

// Made by src/bundle/built-before.ts from what was built before the worker: it has no files to read.
declare module 'virtual:built-page' {
  export const page: import('../../../page/entry/document.ts').PageAssets
  export const cards: import('../../../page/card/document.ts').CardAssets
}

declare module 'virtual:sandbox-sdk' {
  const sdk: string
  export default sdk
}

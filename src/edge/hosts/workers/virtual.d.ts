// Modules that src/bundle/built-before.ts makes from earlier builds, because a worker has no files to read.
declare module 'virtual:built-page' {
  export const page: import('../../../page/entry/document.ts').PageAssets
  export const cards: import('../../../page/card/document.ts').CardAssets
}

declare module 'virtual:sandbox-sdk' {
  const sdk: string
  export default sdk
}

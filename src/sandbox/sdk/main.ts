import { createIMP } from './imp.ts'

const script = document.currentScript

if (script instanceof HTMLScriptElement) {
  // The server lies where this script comes from: …/v1/iamport.js stands beside …/window and …/service.
  Object.assign(window, { IMP: createIMP(new URL('..', script.src)) })
}

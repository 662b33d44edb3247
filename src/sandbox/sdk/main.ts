import { createIMP } from './imp.ts'

const script = document.currentScript

if (script instanceof HTMLScriptElement) {
  // The script's own URL locates the sandbox: /v1/iamport.js is next to /window and /service.
  Object.assign(window, { IMP: createIMP(new URL('..', script.src)) })
}

const progressClass = 'imp-payment-progress'

/** Pixel sizes of desktop iframes that do not fill the dialog; centred vertically unless `top` is given. */
const sizes: Record<string, { width: number; height: number; top?: number }> = {
  danal: { width: 500, height: 730, top: 50 },
  danal_tpay: { width: 720, height: 700, top: 50 },
  mobilians: { width: 820, height: 700, top: 50 },
  tosspayments: { width: 650, height: 650 },
  uplus: { width: 650, height: 650 },
  kakaopay: { width: 426, height: 550 },
}

/** Providers with a dimmed dialog; the others are transparent. */
const dimmedProviders = ['uplus', 'kakaopay', 'settle_firm']

const frameRules = Object.entries(sizes).map(([provider, { width, height, top }]) => {
  const vertical =
    top === undefined ? `top: 50% !important; margin-top: ${-height / 2}px` : `margin-top: ${top}px`
  return `.imp-dialog .imp-frame-pc.imp-frame-${provider} {
  left: 50% !important; margin-left: ${-width / 2}px; width: ${width}px !important; height: ${height}px !important; ${vertical};
}`
})

/** If a page's security policy blocks this style sheet, the dialog is not hidden and covers the page. */
const css = `
body.${progressClass} { position: static; }
body.${progressClass} > :not(.imp-dialog) { display: none; }
.imp-dialog {
  display: none; position: fixed; top: 0; bottom: 0; left: 0; right: 0; width: 100%; height: 100%; z-index: 99999;
}
.imp-dialog.mobile.ios { position: absolute; }
${dimmedProviders.map((provider) => `.imp-dialog.pc.payment-${provider}`).join(', ')} { background: rgba(0, 0, 0, 0.5); }
${frameRules.join('\n')}
`

/** Adds the style sheet and returns a function that removes it. */
export function addStyle(): () => void {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
  return () => style.remove()
}

/** Toggles the class that hides the page on phones. As upstream, `deinit` does not remove it. */
export const setProgressClass = (isOpen: boolean): void => {
  document.body.classList.toggle(progressClass, isOpen)
}

const progress = 'imp-payment-progress'

/** Width and height of the desktop frames that do not fill the dialog; `top` where they hang from its upper edge. */
const sizes: Record<string, { width: number; height: number; top?: number }> = {
  danal: { width: 500, height: 730, top: 50 },
  danal_tpay: { width: 720, height: 700, top: 50 },
  mobilians: { width: 820, height: 700, top: 50 },
  tosspayments: { width: 650, height: 650 },
  uplus: { width: 650, height: 650 },
  kakaopay: { width: 426, height: 550 },
}

/** The other dialogs are transparent. */
const dimmed = ['uplus', 'kakaopay', 'settle_firm']

const frameRules = Object.entries(sizes).map(([provider, { width, height, top }]) => {
  const vertical =
    top === undefined ? `top: 50% !important; margin-top: ${-height / 2}px` : `margin-top: ${top}px`
  return `.imp-dialog .imp-frame-pc.imp-frame-${provider} {
  left: 50% !important; margin-left: ${-width / 2}px; width: ${width}px !important; height: ${height}px !important; ${vertical};
}`
})

/** Only this hides the dialog: where a page's policy blocks it, the dialog lies over the page. */
const css = `
body.${progress} { position: static; }
body.${progress} > :not(.imp-dialog) { display: none; }
.imp-dialog {
  display: none; position: fixed; top: 0; bottom: 0; left: 0; right: 0; width: 100%; height: 100%; z-index: 99999;
}
.imp-dialog.mobile.ios { position: absolute; }
${dimmed.map((provider) => `.imp-dialog.pc.payment-${provider}`).join(', ')} { background: rgba(0, 0, 0, 0.5); }
${frameRules.join('\n')}
`

/** @returns how to take it away again */
export function addStyle(): () => void {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
  return () => style.remove()
}

/** The mark that hides the page on phones. Upstream forgets it in `deinit`. */
export const markProgress = (isOpen: boolean): void => {
  document.body.classList.toggle(progress, isOpen)
}

/** The main button; described by the element `#hint`. */
export function SubmitButton({
  text,
  busy,
  disabled,
  noScript,
}: {
  text: string
  busy: boolean
  disabled: boolean
  /** Shown if scripts are disabled. */
  noScript: string
}) {
  return (
    <>
      <button type="submit" class="primary" disabled={disabled} aria-busy={busy} aria-describedby="hint">
        {busy && <span class="spinner" />}
        {text}
      </button>
      <noscript>{noScript}</noscript>
    </>
  )
}

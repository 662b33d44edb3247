/** The one button of a page, told of by the line with the id `hint`. */
export function SubmitButton({
  text,
  busy,
  disabled,
  noScript,
}: {
  text: string
  busy: boolean
  disabled: boolean
  /** Said in its place where no script runs. */
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

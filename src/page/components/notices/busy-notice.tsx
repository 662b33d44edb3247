/** Somebody else may be paying right now. Nobody is stopped: that window may have been left. */
export function BusyNotice({ text }: { text: string }) {
  return (
    <div class="notice">
      <p>{text}</p>
    </div>
  )
}

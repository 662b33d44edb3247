/** Another tab may be paying. Does not block, because that window may have been abandoned. */
export function BusyNotice({ text }: { text: string }) {
  return (
    <div class="notice">
      <p>{text}</p>
    </div>
  )
}

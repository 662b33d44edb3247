import { usePage } from '../page-context.ts'

/** Back to the question or to the bill: what follows, the flow knows. */
export function AgainButton({
  text,
  look = 'primary',
}: {
  text: string
  look?: 'primary' | 'secondary' | 'quiet'
}) {
  const { tell } = usePage()
  return (
    <button type="button" class={look} onClick={() => tell({ type: 'again' })}>
      {text}
    </button>
  )
}

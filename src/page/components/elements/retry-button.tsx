import { usePage } from '../page-context.ts'

/** Retries or goes back to the bill; the flow decides. */
export function RetryButton({
  text,
  variant = 'primary',
}: {
  text: string
  variant?: 'primary' | 'secondary' | 'quiet'
}) {
  const { dispatch } = usePage()
  return (
    <button type="button" class={variant} onClick={() => dispatch({ type: 'retry' })}>
      {text}
    </button>
  )
}

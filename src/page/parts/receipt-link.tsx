import { usePage } from '../page.ts'

/** The gateway's own receipt, where there is one. */
export function ReceiptLink({ url }: { url: string | null }) {
  const { say } = usePage().reader
  return (
    url && (
      <a class="secondary" href={url} target="_blank" rel="noopener noreferrer">
        {say('paid.receipt')}
      </a>
    )
  )
}

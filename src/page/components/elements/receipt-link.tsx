import { usePage } from '../page-context.ts'

/** The gateway's own receipt. */
export function ReceiptLink({ url }: { url: string }) {
  const { say } = usePage().reader
  return (
    <a class="secondary" href={url} target="_blank" rel="noopener noreferrer">
      {say('paid.receipt')}
    </a>
  )
}

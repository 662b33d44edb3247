import { usePage } from '../page-context.ts'

export function ReceiptLink({ url }: { url: string }) {
  const { t } = usePage().locale
  return (
    <a class="secondary" href={url} target="_blank" rel="noopener noreferrer">
      {t('paid.receipt')}
    </a>
  )
}

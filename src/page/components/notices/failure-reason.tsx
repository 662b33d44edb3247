import type { WindowFailure } from '../../flow/model.ts'
import { usePage } from '../page-context.ts'

const maxChars = 160

/** Says whether seller or provider failed, with the provider's message if there is one. */
export function FailureReason({ failure }: { failure: WindowFailure }) {
  const { t } = usePage().locale
  const message = asLine(failure.message)
  return (
    <>
      <p>{t('failed.text')}</p>
      {message && <p class="minor">{t('failed.said', { reason: message })}</p>}
    </>
  )
}

/** Upstream messages may contain line breaks and markup. */
function asLine(message: unknown): string {
  const text = (typeof message === 'string' ? message : '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text
}

import type { WindowFailure } from '../../flow/model.ts'
import { usePage } from '../page-context.ts'

const maxChars = 160

/** Whose problem it is that there is no payment, with the provider's own words where it gave some. */
export function FailureReason({ failure }: { failure: WindowFailure }) {
  const { say } = usePage().reader
  const message = asLine(failure.message)
  return (
    <>
      <p>{say('failed.text')}</p>
      {message && <p class="minor">{say('failed.said', { reason: message })}</p>}
    </>
  )
}

/** Plain text on one line: upstream's messages carry line breaks, markup and anything else. */
function asLine(message: unknown): string {
  const text = (typeof message === 'string' ? message : '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text
}

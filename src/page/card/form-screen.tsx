// The card is sent only to the edge and lives only in these fields.
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import type { Translate } from '../../contract/i18n/words.ts'
import { withClaim } from '../components/notices/charge-claims.ts'
import { usePage } from '../components/page-context.ts'
import type { Charge } from '../flow/model.ts'
import { CardContext } from './context.ts'
import type { SendCardResult } from './edge-client.ts'
import { FormFields } from './form-fields.tsx'
import { checkEntries, type Entries, entryNames, noEntries, type Problems, requestOf } from './form-state.ts'
import { Terms } from './terms.tsx'
import { type OpenCard, termsOf } from './view.ts'
import { RegisterButton } from './window-screen.tsx'

export function FormScreen({ view, charge }: { view: OpenCard; charge: Charge }) {
  const { locale, device } = usePage()
  const { t } = locale
  const { ready, send } = useContext(CardContext)
  const [entries, setEntries] = useState<Entries>(noEntries)
  const [problems, setProblems] = useState<Problems>({})
  const [sending, setSending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const notice = useRef<HTMLDivElement>(null)
  const now = () => Date.parse(view.now) + device.age
  const handleResult = useResultHandler(setRefusal)

  useEffect(() => {
    if (refusal) notice.current?.focus()
  }, [refusal])

  async function submit(): Promise<void> {
    if (sending || !send) return
    const found = checkEntries(entries, now())
    setProblems(found)
    setRefusal(null)
    const first = entryNames.find((name) => found[name])
    if (first) return document.getElementById(`card-${first}`)?.focus()
    setSending(true)
    const result = await send(requestOf(entries, now()))
    // The password is never reused, whatever the result.
    setEntries((typed) => ({ ...typed, password: '' }))
    setSending(false)
    handleResult(result)
  }

  return (
    <form
      class="sheet"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <div class="left-column">
        <Terms view={view} />
      </div>
      <div class="right-column">
        <FormFields
          {...{ entries, problems, links: termsOf(view).form, disabled: !ready || sending }}
          change={(changed) => {
            setEntries((typed) => ({ ...typed, ...changed }))
            // Hides the problem of a field while the customer edits it.
            const corrected = Object.keys(changed).map((name) => [name, undefined])
            setProblems((known) => ({ ...known, ...Object.fromEntries(corrected) }))
          }}
          leave={(name) => {
            if (!entries[name]) return
            setProblems((known) => ({ ...known, [name]: checkEntries(entries, now())[name] }))
          }}
        />
        <div class="pay">
          {refusal && (
            <div class="notice" role="alert" tabIndex={-1} ref={notice}>
              <p>{refusal.text(t, charge)}</p>
              {refusal.said && <p>{t('card.said', { reason: refusal.said })}</p>}
            </div>
          )}
          <p id="hint" class="hint" aria-live="polite">
            {sending ? t('card.sending') : t('card.kept')}
          </p>
          <RegisterButton view={view} busy={sending} disabled={!ready} />
        </div>
      </div>
    </form>
  )
}

interface Refusal {
  text: (t: Translate, charge: Charge) => string
  said?: string | undefined
}

/** Stays on the form only if it is known that nothing happened; otherwise the edge is asked. */
function useResultHandler(refuse: (refusal: Refusal) => void): (result: SendCardResult) => void {
  const { dispatch } = usePage()
  const settle = () => dispatch({ type: 'returned', impUid: undefined })
  return (result) => {
    if (result === 'unknown') return settle()
    if ('view' in result) {
      const { attempt, view } = result
      if (attempt.outcome === 'declined' && view.status === 'open')
        return refuse({
          text: (t, charge) => `${withClaim(t('card.refused'), t, 'open', charge)} ${t('card.refusedNext')}`,
          said: 'said' in attempt ? attempt.said : undefined,
        })
      return attempt.outcome === 'registered' ? dispatch({ type: 'updated', view }) : settle()
    }
    const { failure } = result
    switch (failure.reason) {
      case 'not_open':
        return settle()
      case 'card_exists':
        return
      case 'too_many_requests':
        return refuse({
          text: (t, charge) =>
            withClaim(t('card.closed', { minutes: Math.ceil(failure.retry_after / 60) }), t, 'card', charge),
        })
      case 'upstream_unavailable':
      case 'upstream_refused':
      case 'bad_request':
        return refuse({
          text: (t, charge) => withClaim(t('card.notSent'), t, 'card', charge),
        })
      default:
        return settle()
    }
  }
}

// The card is typed in here, and goes to the edge alone. It lives in these fields and nowhere else.
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import type { Say } from '../../contract/i18n/words.ts'
import { withClaim } from '../components/notices/not-charged.ts'
import { usePage } from '../components/page-context.ts'
import type { Charge } from '../flow/model.ts'
import { CardContext } from './context.ts'
import { FormFields } from './form-fields.tsx'
import { checkEntries, type Entries, entryNames, noEntries, type Problems, requestOf } from './form-state.ts'
import { Terms } from './terms.tsx'
import { type OpenCard, termsOf } from './view.ts'
import { RegisterButton } from './window-screen.tsx'
import type { SentCard } from './world.ts'

export function FormScreen({ view, charge }: { view: OpenCard; charge: Charge }) {
  const { reader, device } = usePage()
  const { say } = reader
  const { ready, send } = useContext(CardContext)
  const [entries, setEntries] = useState<Entries>(noEntries)
  const [problems, setProblems] = useState<Problems>({})
  const [sending, setSending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const notice = useRef<HTMLDivElement>(null)
  const now = () => Date.parse(view.now) + device.age
  const answered = useAnswer(setRefusal)

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
    const sent = await send(requestOf(entries, now()))
    // Whatever came of it, the password is typed anew.
    setEntries((typed) => ({ ...typed, password: '' }))
    setSending(false)
    answered(sent)
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
            // What is being mended is not wrong meanwhile.
            const mended = Object.keys(changed).map((name) => [name, undefined])
            setProblems((known) => ({ ...known, ...Object.fromEntries(mended) }))
          }}
          leave={(name) => {
            if (!entries[name]) return
            setProblems((known) => ({ ...known, [name]: checkEntries(entries, now())[name] }))
          }}
        />
        <div class="pay">
          {refusal && (
            <div class="notice" role="alert" tabIndex={-1} ref={notice}>
              <p>{refusal.text(say, charge)}</p>
              {refusal.said && <p>{say('card.said', { reason: refusal.said })}</p>}
            </div>
          )}
          <p id="hint" class="hint" aria-live="polite">
            {sending ? say('card.sending') : say('card.kept')}
          </p>
          <RegisterButton view={view} busy={sending} disabled={!ready} />
        </div>
      </div>
    </form>
  )
}

interface Refusal {
  text: (say: Say, charge: Charge) => string
  said?: string | undefined
}

/** Stays with the form where nothing happened and that is known; anything else is asked for. */
function useAnswer(refuse: (refusal: Refusal) => void): (sent: SentCard) => void {
  const { tell } = usePage()
  const ask = () => tell({ type: 'returned', impUid: undefined })
  return (sent) => {
    if (sent === 'unknown') return ask()
    if ('view' in sent) {
      const { attempt, view } = sent
      if (attempt.outcome === 'declined' && view.status === 'open')
        return refuse({
          text: (say, charge) =>
            `${withClaim(say('card.refused'), say, 'open', charge)} ${say('card.refusedNext')}`,
          said: 'said' in attempt ? attempt.said : undefined,
        })
      return attempt.outcome === 'registered' ? tell({ type: 'viewed', view }) : ask()
    }
    const { failure } = sent
    switch (failure.reason) {
      case 'not_open':
        return ask()
      case 'card_exists':
        return
      case 'too_many_requests':
        return refuse({
          text: (say, charge) =>
            withClaim(
              say('card.closed', { minutes: Math.ceil(failure.retry_after / 60) }),
              say,
              'card',
              charge,
            ),
        })
      case 'upstream_unavailable':
      case 'upstream_refused':
      case 'bad_request':
        return refuse({
          text: (say, charge) => withClaim(say('card.notSent'), say, 'card', charge),
        })
      default:
        return ask()
    }
  }
}

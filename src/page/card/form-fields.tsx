import type { CardForm } from '../../contract/cards/card-view.ts'
import type { WordKey } from '../../contract/i18n/words.ts'
import { usePage } from '../components/page-context.ts'
import { Consent, Field } from './field.tsx'
import type { Entries, EntryName, Problems } from './form-state.ts'
import { digitsIn, expiryDigits, showBirth, showExpiry, showNumber, showPassword } from './typing.ts'

interface Fields {
  entries: Entries
  problems: Problems
  links: CardForm | undefined
  disabled: boolean
  change: (changed: Partial<Entries>) => void
  leave: (name: EntryName) => void
}

export function FormFields({ entries, problems, links, disabled, change, leave }: Fields) {
  const { say } = usePage().reader
  const told = (name: EntryName) => {
    const problem = problems[name]
    // Every problem of every field has its sentence; a test holds the two together.
    return problem && say(`card.${name}.${problem}` as Extract<WordKey, 'card.number.wrong'>)
  }
  const line = (name: 'number' | 'expiry' | 'birth' | 'password') => ({
    id: `card-${name}`,
    value: entries[name],
    problem: told(name),
    onType: (text: string) => change({ [name]: text }),
    onLeave: () => leave(name),
  })
  return (
    <fieldset class="card-form" disabled={disabled}>
      <legend>{say('card.typed')}</legend>
      <Field
        {...line('number')}
        label={say('card.number')}
        autocomplete="cc-number"
        show={showNumber}
        read={digitsIn}
      />
      <div class="pair">
        <Field
          {...line('expiry')}
          label={say('card.expiry')}
          autocomplete="cc-exp"
          show={showExpiry}
          read={expiryDigits}
        />
        <Field
          {...line('password')}
          label={say('card.password')}
          autocomplete="off"
          isSecret
          show={showPassword}
          read={digitsIn}
        />
      </div>
      <Field
        {...line('birth')}
        label={say('card.birth')}
        hint={say('card.birthHint')}
        autocomplete="off"
        show={showBirth}
        read={digitsIn}
      />
      <Consent
        id="card-terms"
        label={say('card.terms')}
        checked={entries.terms}
        problem={told('terms')}
        link={<Read href={links?.terms_url} name={say('card.termsRead')} />}
        onChange={(terms) => change({ terms })}
      />
      <Consent
        id="card-privacy"
        label={say('card.privacy')}
        checked={entries.privacy}
        problem={told('privacy')}
        link={<Read href={links?.privacy_url} name={say('card.privacyRead')} />}
        onChange={(privacy) => change({ privacy })}
      />
    </fieldset>
  )
}

/** Seen, the same short word twice; heard, each with what it is about. */
function Read({ href, name }: { href: string | undefined; name: string }) {
  const { say } = usePage().reader
  return (
    <a class="quiet" href={href ?? ''} target="_blank" rel="noopener noreferrer" aria-label={name}>
      {say('card.read')}
    </a>
  )
}

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
  const { t } = usePage().locale
  const problemText = (name: EntryName) => {
    const problem = problems[name]
    // A test checks that every problem of every field has a text.
    return problem && t(`card.${name}.${problem}` as Extract<WordKey, 'card.number.wrong'>)
  }
  const fieldProps = (name: 'number' | 'expiry' | 'birth' | 'password') => ({
    id: `card-${name}`,
    value: entries[name],
    problem: problemText(name),
    onType: (text: string) => change({ [name]: text }),
    onLeave: () => leave(name),
  })
  return (
    <fieldset class="card-form" disabled={disabled}>
      <legend>{t('card.typed')}</legend>
      <Field
        {...fieldProps('number')}
        label={t('card.number')}
        autocomplete="cc-number"
        show={showNumber}
        read={digitsIn}
      />
      <div class="pair">
        <Field
          {...fieldProps('expiry')}
          label={t('card.expiry')}
          autocomplete="cc-exp"
          show={showExpiry}
          read={expiryDigits}
        />
        <Field
          {...fieldProps('password')}
          label={t('card.password')}
          autocomplete="off"
          isSecret
          show={showPassword}
          read={digitsIn}
        />
      </div>
      <Field
        {...fieldProps('birth')}
        label={t('card.birth')}
        hint={t('card.birthHint')}
        autocomplete="off"
        show={showBirth}
        read={digitsIn}
      />
      <Consent
        id="card-terms"
        label={t('card.terms')}
        checked={entries.terms}
        problem={problemText('terms')}
        link={<Read href={links?.terms_url} name={t('card.termsRead')} />}
        onChange={(terms) => change({ terms })}
      />
      <Consent
        id="card-privacy"
        label={t('card.privacy')}
        checked={entries.privacy}
        problem={problemText('privacy')}
        link={<Read href={links?.privacy_url} name={t('card.privacyRead')} />}
        onChange={(privacy) => change({ privacy })}
      />
    </fieldset>
  )
}

/** Short visible text; the accessible name says which document. */
function Read({ href, name }: { href: string | undefined; name: string }) {
  const { t } = usePage().locale
  return (
    <a class="quiet" href={href ?? ''} target="_blank" rel="noopener noreferrer" aria-label={name}>
      {t('card.read')}
    </a>
  )
}

import type { ComponentChildren } from 'preact'
import { retype } from './typing.ts'

interface Field {
  id: string
  label: string
  value: string
  /** Error text. */
  problem: string | undefined
  hint?: string
  autocomplete: string
  placeholder?: string
  isSecret?: boolean
  show: (digits: string) => string
  read?: (text: string) => string
  onType: (text: string) => void
  onLeave: () => void
}

/** A card field. It has no `name`, so a form submitted before hydration cannot put card data into an address. */
export function Field(field: Field) {
  const { id, label, value, problem, hint } = field
  const type = (event: InputEvent & { currentTarget: HTMLInputElement }) => {
    const { currentTarget: input } = event
    if (event.isComposing) return
    const typed = retype(input.value, input.selectionStart ?? input.value.length, field.show, field.read)
    if (input.value !== typed.text) input.value = typed.text
    input.setSelectionRange(typed.caret, typed.caret)
    field.onType(typed.text)
  }
  const about = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        class={field.isSecret ? 'secret' : ''}
        autoComplete={field.autocomplete}
        autoCorrect="off"
        spellcheck={false}
        placeholder={field.placeholder}
        value={value}
        aria-required="true"
        aria-invalid={problem !== undefined}
        aria-describedby={about || undefined}
        onInput={type}
        onCompositionEnd={(event) => {
          const { currentTarget: input } = event
          input.value = field.show((field.read ?? String)(input.value))
          field.onType(input.value)
        }}
        onBlur={field.onLeave}
      />
      {hint && (
        <p id={`${id}-hint`} class="minor">
          {hint}
        </p>
      )}
      <Problem id={id} text={problem} />
    </div>
  )
}

export function Problem({ id, text }: { id: string; text: string | undefined }) {
  return text ? (
    <p id={`${id}-problem`} class="wrong">
      {text}
    </p>
  ) : null
}

interface Consent {
  id: string
  label: string
  checked: boolean
  problem: string | undefined
  /** Link to the document to agree to. */
  link: ComponentChildren
  onChange: (checked: boolean) => void
}

export function Consent({ id, label, checked, problem, link, onChange }: Consent) {
  return (
    <div class="consent">
      <div>
        <label>
          <input
            id={id}
            type="checkbox"
            checked={checked}
            aria-required="true"
            aria-invalid={problem !== undefined}
            aria-describedby={problem && `${id}-problem`}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
        {link}
      </div>
      <Problem id={id} text={problem} />
    </div>
  )
}

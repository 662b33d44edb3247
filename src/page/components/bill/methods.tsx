import type { OpenLink } from '../../../contract/links/link-view.ts'
import { Glyph } from '../elements/glyph.tsx'
import { usePage } from '../page-context.ts'
import { MethodIcon } from './method-icon.tsx'

export function Methods({ view, chosen }: { view: OpenLink; chosen: string }) {
  const { locale, dispatch } = usePage()
  return (
    <fieldset class="methods">
      <legend>{locale.t('open.methods')}</legend>
      {view.methods.map((method) => (
        <label key={method.key} class="method">
          <input
            type="radio"
            name="method"
            value={method.key}
            checked={method.key === chosen}
            onChange={() => dispatch({ type: 'selected', method: method.key })}
          />
          <MethodIcon method={method} />
          <span class="label">{locale.label(method.label)}</span>
          <span class="tick">
            <Glyph name="check" />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

import type { OpenLink } from '../../../contract/links/link-view.ts'
import { Glyph } from '../elements/glyph.tsx'
import { usePage } from '../page-context.ts'
import { Mark } from './mark.tsx'

export function Methods({ view, chosen }: { view: OpenLink; chosen: string }) {
  const { reader, tell } = usePage()
  return (
    <fieldset class="methods">
      <legend>{reader.say('open.methods')}</legend>
      {view.methods.map((method) => (
        <label key={method.key} class="method">
          <input
            type="radio"
            name="method"
            value={method.key}
            checked={method.key === chosen}
            onChange={() => tell({ type: 'chose', method: method.key })}
          />
          <Mark method={method} />
          <span class="label">{reader.label(method.label)}</span>
          <span class="tick">
            <Glyph name="check" />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

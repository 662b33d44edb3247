// Layout of every screen except the bill: icon, heading, text, facts, actions.
import type { ComponentChildren } from 'preact'
import { type Fact, Facts } from './facts.tsx'
import { Glyph, type GlyphName } from './glyph.tsx'

export interface Status {
  glyph: GlyphName | 'busy'
  tone?: 'good' | 'problem'
  heading: string
  text?: string
  facts?: readonly Fact[]
  children?: ComponentChildren
}

export function StatusScreen({ glyph, tone, heading, text, facts, children }: Status) {
  return (
    <section class="status">
      <div class={`badge ${tone ?? ''}`}>
        {glyph === 'busy' ? <span class="spinner" /> : <Glyph name={glyph} />}
      </div>
      <h1 tabIndex={-1}>{heading}</h1>
      {text && <p aria-live="polite">{text}</p>}
      {facts && facts.length > 0 && <Facts facts={facts} />}
      {children && <div class="actions">{children}</div>}
    </section>
  )
}

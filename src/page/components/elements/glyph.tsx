// Shapes on a 24-unit grid.
const shapes = {
  card: 'M3 7.5A2.5 2.5 0 0 1 5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5zM3 10h18M7 15h3',
  phone:
    'M8.5 3h7A1.5 1.5 0 0 1 17 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 19.5v-15A1.5 1.5 0 0 1 8.5 3zM11 18h2',
  transfer: 'M4 9h15l-4-4M20 15H5l4 4',
  bank: 'M4 10l8-5 8 5zM6 10v8M10 10v8M14 10v8M18 10v8M4 19h16',
  gift: 'M4 10h16v10H4zM3 7h18v3H3zM12 7v13M12 7c-5 0-5-4-2.5-4S12 7 12 7c0 0 0-4 2.5-4S17 7 12 7',
  wallet: 'M4 7h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 7l11-3v3M16 13.5h1',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM12 7v5.5l3.5 2',
  alert: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM12 7.5v5.5M12 16.2v.1',
  closed: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM8 12h8',
  back: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 6 6v1',
  question: 'M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 16.5v.1',
} as const

export type GlyphName = keyof typeof shapes

export function Glyph({ name }: { name: GlyphName }) {
  return (
    <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}

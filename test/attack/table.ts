// Formats results as text.
import type { Result } from './scenario.ts'

export function describeResult({ scenario, checks, ms }: Result): string {
  const broken = checks.filter(({ held }) => !held)
  const time = ms > 1_000 ? `  (${(ms / 1_000).toFixed(1)} s)` : ''
  const head = `${broken.length === 0 ? 'held ' : 'BROKE'}  ${scenario.area.padEnd(17)} ${scenario.name}${time}`
  return [
    head,
    ...broken.map(({ promise, evidence }) => `${' '.repeat(10)}not: ${promise} | ${evidence}`),
  ].join('\n')
}

export function summarise(results: readonly Result[]): string {
  const areas = [...new Set(results.map(({ scenario }) => scenario.area))]
  const rows = areas.map((area) =>
    count(
      area,
      results.filter(({ scenario }) => scenario.area === area),
    ),
  )
  const all = count('all', results)
  const header = ['area', 'scenarios', 'held', 'checks', 'held', 'BROKE']
  return [header, ...rows, all].map((cells) => cells.map(align).join(' | ')).join('\n')
}

function count(area: string, results: readonly Result[]): (string | number)[] {
  const checks = results.flatMap((result) => result.checks)
  const held = checks.filter((check) => check.held).length
  const whole = results.filter((result) => result.checks.every((check) => check.held)).length
  return [area, results.length, whole, checks.length, held, checks.length - held]
}

const align = (cell: string | number, at: number) =>
  at === 0 ? String(cell).padEnd(17) : String(cell).padStart(9)

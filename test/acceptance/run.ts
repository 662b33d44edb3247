// Runs one case in a browser context of its own.
import type { Case } from './case.ts'
import { dialogs } from './cases/dialog.ts'
import { faults } from './cases/faults.ts'
import { handedOver } from './cases/handed-over.ts'
import { outcomes } from './cases/outcomes.ts'
import { scripts } from './cases/scripts.ts'
import { waysOut } from './cases/way-out.ts'
import type { Stage } from './stage.ts'
import { visit } from './visit.ts'

export const cases: readonly Case[] = [
  ...handedOver,
  ...outcomes,
  ...waysOut,
  ...faults,
  ...dialogs,
  ...scripts,
]

/** Ends a case that waits in vain. */
const patienceMs = 20_000

/** @returns the observed result, or the error as text */
export async function runCase(stage: Stage, { run, device, isStopped }: Case): Promise<string> {
  const customer = await visit(stage, device)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`nothing came; errors: ${customer.errors.join(' | ')}`), patienceMs)
  })
  try {
    const seen = await Promise.race([run(customer), late])
    const violations = isStopped ? [] : customer.violations
    return [seen, ...violations].join('; ')
  } catch (error) {
    return `failed: ${String(error).split('\n')[0]}`
  } finally {
    clearTimeout(timer)
    await customer.close()
  }
}

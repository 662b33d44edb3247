// Runs one case in a browser context of its own.
import type { Case } from './case.ts'
import { dialogs } from './cases/dialog.ts'
import { faults } from './cases/faults.ts'
import { leaveCases } from './cases/leave-window.ts'
import { outcomes } from './cases/outcomes.ts'
import { parameterCases } from './cases/parameters.ts'
import { scripts } from './cases/scripts.ts'
import type { Environment } from './environment.ts'
import { visit } from './visit.ts'

export const cases: readonly Case[] = [
  ...parameterCases,
  ...outcomes,
  ...leaveCases,
  ...faults,
  ...dialogs,
  ...scripts,
]

/** Ends a case that waits in vain. */
const timeoutMs = 20_000

/** @returns the observed result, or the error as text */
export async function runCase(environment: Environment, { run, device, isStopped }: Case): Promise<string> {
  const customer = await visit(environment, device)
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`nothing came; errors: ${customer.errors.join(' | ')}`), timeoutMs)
  })
  try {
    const actual = await Promise.race([run(customer), late])
    const violations = isStopped ? [] : customer.violations
    return [actual, ...violations].join('; ')
  } catch (error) {
    return `failed: ${String(error).split('\n')[0]}`
  } finally {
    clearTimeout(timer)
    await customer.close()
  }
}

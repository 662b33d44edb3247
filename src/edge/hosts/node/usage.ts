/**
 * A command was used wrongly, or asked how it is used.
 * @param problem nothing where help was asked for
 * @returns the exit code
 */
export function printUsage(problem: string, help: string): 0 | 2 {
  if (problem === '') process.stdout.write(help)
  else process.stderr.write(`${problem}\n\n${help}`)
  return problem === '' ? 0 : 2
}

/** What `parseArgs` does not understand, in one line. */
export const usageError = (error: unknown): string => (error as Error).message.split('\n', 1)[0] ?? ''

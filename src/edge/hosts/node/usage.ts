/**
 * Prints the help text, after the problem if there is one.
 * @param problem empty if help was requested
 * @returns the exit code
 */
export function printUsage(problem: string, help: string): 0 | 2 {
  if (problem === '') process.stdout.write(help)
  else process.stderr.write(`${problem}\n\n${help}`)
  return problem === '' ? 0 : 2
}

/** The first line of an error of `parseArgs`. */
export const usageError = (error: unknown): string => (error as Error).message.split('\n', 1)[0] ?? ''

import { z } from 'zod'

export const problemSchema = z.object({ path: z.string(), message: z.string() })

/** One wrong field of a request, by its name in the request. */
export type Problem = z.infer<typeof problemSchema>

export function problemOf(issue: { path: PropertyKey[]; message: string }): Problem {
  return { path: issue.path.map(String).join('.'), message: issue.message }
}

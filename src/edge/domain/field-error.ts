import { z } from 'zod'

export const fieldErrorSchema = z.object({ path: z.string(), message: z.string() })

/** An invalid field of a request; `path` as in the request. */
export type FieldError = z.infer<typeof fieldErrorSchema>

export function fieldErrorOf(issue: { path: PropertyKey[]; message: string }): FieldError {
  return { path: issue.path.map(String).join('.'), message: issue.message }
}

/** One wrong field of a request, by its name in the request. */
export interface Problem {
  path: string
  message: string
}

export function problemOf(issue: { path: PropertyKey[]; message: string }): Problem {
  return { path: issue.path.map(String).join('.'), message: issue.message }
}

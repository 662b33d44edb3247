// Every address that the app answers, taken from the app itself: a new route is attacked from its first day.
import type { Hono } from 'hono'

export interface Address {
  method: string
  /** As the app has it: `/links/:id/settle`. */
  path: string
}

export function addressesOf(app: Hono): Address[] {
  const seen = new Map<string, Address>()
  for (const { method, path } of app.routes)
    if (method !== 'ALL') seen.set(`${method} ${path}`, { method, path })
  return [...seen.values()]
}

/** @param value what stands for each `:name` */
export const fill = ({ path }: Address, value: (name: string) => string): string =>
  path.replace(/:(\w+)(\{[^}]*\})?\??/g, (_, name: string) => value(name))

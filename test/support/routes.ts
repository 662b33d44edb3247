// Every route of the app, read from the app itself, so that tests cover new routes.
import type { Hono } from 'hono'

export interface Address {
  method: string
  /** The app's pattern: `/links/:id/settle`. */
  path: string
}

export function addressesOf(app: Hono): Address[] {
  const seen = new Map<string, Address>()
  for (const { method, path } of app.routes)
    if (method !== 'ALL') seen.set(`${method} ${path}`, { method, path })
  return [...seen.values()]
}

/** @param value replaces each `:name` */
export const fill = ({ path }: Address, value: (name: string) => string): string =>
  path.replace(/:(\w+)(\{[^}]*\})?\??/g, (_, name: string) => value(name))

// Finds fields of a request that its schema does not have. Clients choose the names, so length and number are bounded;
// values are never repeated.
import { z } from 'zod'
import type { FieldError } from '../../domain/field-error.ts'
import { unprintable } from './fields.ts'

/** `fields` of an object, `items` of a list; neither for a plain value. */
export interface KnownFields {
  fields?: ReadonlyMap<string, KnownFields>
  items?: KnownFields
}

export function knownFieldsOf(schema: unknown): KnownFields {
  if (schema instanceof z.ZodOptional) return knownFieldsOf(schema.unwrap())
  if (schema instanceof z.ZodArray) return { items: knownFieldsOf(schema.element) }
  if (schema instanceof z.ZodUnion) return Object.assign({}, ...schema.options.map(knownFieldsOf))
  if (!(schema instanceof z.ZodObject)) return {}
  const fields = Object.entries(schema.shape).map(([name, of]) => [name, knownFieldsOf(of)] as const)
  return { fields: new Map(fields) }
}

/** Paths of the unknown fields, shortened for display. */
export function findUnknown(value: unknown, known: KnownFields, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) {
    const { items } = known
    return items ? value.flatMap((item, at) => findUnknown(item, items, `${path}${at}.`)) : []
  }
  const { fields } = known
  if (!fields) return []
  return Object.keys(value).flatMap((name) => {
    const inner = fields.get(name)
    if (!inner) return path + shown(name)
    const field: unknown = Reflect.get(value, name)
    return typeof field === 'object' ? findUnknown(field, inner, `${path}${name}.`) : []
  })
}

const maxNameLength = 60
const unprintables = new RegExp(unprintable, 'gu')

function shown(name: string): string {
  const short = name.length > maxNameLength ? `${name.slice(0, maxNameLength - 1)}…` : name
  return short.replace(unprintables, '\ufffd')
}

const maxNamed = 20

/** The first `maxNamed`, and the number of the others. */
export function limitUnknown(found: FieldError[]): FieldError[] {
  const more = found.length - maxNamed
  if (more <= 0) return found
  return [...found.slice(0, maxNamed), { path: '', message: `and ${more} more unknown fields` }]
}

import type { Tables } from '../../../store/sql/tables.ts'

type Key<Table extends keyof Tables> = (keyof Tables[Table] & string)[]

/** The tables to copy with the keys that order their rows. Each table comes after those that it references. */
export const keys: { [Table in keyof Tables]: Key<Table> } = {
  logos: ['hash'],
  logo_addresses: ['url'],
  links: ['id'],
  payments: ['imp_uid'],
  foreign_payments: ['imp_uid'],
  registrations: ['link_id'],
  global_links: ['link_id'],
  history: ['seq'],
  checkouts: ['id'],
  events: ['seq'],
  messages: ['id'],
  inquiries: ['link_id'],
  returns: ['imp_uid'],
}

export type TableName = keyof Tables

export const tableNames = Object.keys(keys) as TableName[]

/** A list of columns in SQL. */
export const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

/** Tables whose `seq` the database assigns. */
export const sequences: readonly TableName[] = ['history', 'events']

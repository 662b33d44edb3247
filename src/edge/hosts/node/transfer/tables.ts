import type { Tables } from '../../../store/sql/tables.ts'

type Key<Table extends keyof Tables> = (keyof Tables[Table] & string)[]

/** What a move copies, by what its rows are put in order: each after those that it names. */
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

/** As SQL takes a list of columns. */
export const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

/** Whose rows are numbered as they come. */
export const sequences: readonly TableName[] = ['history', 'events']

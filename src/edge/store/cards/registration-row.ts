// Maps rows of `registrations` to the registration of a link and back.
import type { Link, Registration, RegistrationRequest } from '../../domain/links/link.ts'
import type { RegistrationsTable } from '../sql/tables.ts'

/** Columns joined to every link; aliases avoid collisions with the columns of `links` and `payments`. */
export const registrationColumns = [
  'registrations.customer_uid as customer_uid',
  'registrations.customer_id as customer_id',
  'registrations.charge as charge',
  'registrations.replaces as replaces',
  'registrations.form as form',
  'registrations.before as before',
  'registrations.calling_until as calling_until',
  'registrations.registered_at as registered_at',
  'registrations.late as registered_late',
  'registrations.card_name as card_name',
  'registrations.deleted_at as deleted_at',
] as const

type Joined = Pick<
  RegistrationsTable,
  | 'customer_uid'
  | 'customer_id'
  | 'charge'
  | 'replaces'
  | 'form'
  | 'before'
  | 'calling_until'
  | 'registered_at'
  | 'card_name'
  | 'deleted_at'
>

export type RegistrationColumns = { [Column in keyof Joined]: Joined[Column] | null } & {
  registered_late: number | null
}

export function registrationOf(row: RegistrationColumns): { registration?: Registration } {
  if (row.customer_uid === null) return {}
  return {
    registration: {
      customer_uid: row.customer_uid,
      customer_id: row.customer_id,
      replace: row.replaces === 1,
      form: row.form === 1,
      before: row.before,
      calling_until: row.calling_until,
      registered_at: row.registered_at,
      late: row.registered_late === 1,
      card_name: row.card_name,
      deleted_at: row.deleted_at,
    },
  }
}

/** The registration of a new link. */
export function newRegistration(request: RegistrationRequest): Registration {
  const initial = {
    before: null,
    calling_until: null,
    registered_at: null,
    card_name: null,
    deleted_at: null,
  }
  return { ...request, ...initial, late: false }
}

export function registrationRow(link: Link, registration: Registration): RegistrationsTable {
  const { customer_uid, customer_id, replace, form } = registration
  return {
    link_id: link.id,
    customer_uid,
    customer_id,
    charge: link.amount,
    replaces: replace ? 1 : 0,
    form: form ? 1 : 0,
    before: null,
    tries: 0,
    tries_since: null,
    calling_until: null,
    registered_at: null,
    late: 0,
    card_name: null,
    deleted_at: null,
  }
}

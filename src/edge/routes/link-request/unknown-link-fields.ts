// Finds the fields of `POST …/link/payment` that are ignored.

import type { FieldError } from '../../domain/field-error.ts'
import {
  findUnknown,
  type KnownFields,
  knownFieldsOf,
  limitUnknown,
} from '../../http/request/unknown-fields.ts'
import { linkFields } from './link-fields.ts'

const plain = (...names: string[]) => names.map((name): [string, KnownFields] => [name, {}])
const expiry = plain('expired_at', 'expire_at')

const envelope = { fields: new Map([...plain('payment_info'), ...expiry]) }
const inEnvelope = { fields: new Map([...(knownFieldsOf(linkFields).fields ?? []), ...expiry]) }
const flat = { fields: new Map([...inEnvelope.fields, ...plain('payment_info')]) }

export function findUnknownFields(
  body: Record<string, unknown>,
  { inner, isWrapped }: { inner: Record<string, unknown>; isWrapped: boolean },
): FieldError[] {
  if (!isWrapped) return limitUnknown(findUnknown(body, flat).map(unknown))
  return limitUnknown([
    ...findUnknown(body, envelope).map(unread),
    ...findUnknown(inner, inEnvelope).map(unknown),
  ])
}

const unknown = (path: string) => ({ path, message: `${path} is no field of a link` })
const unread = (path: string) => ({ path, message: `${path} is not read beside payment_info` })

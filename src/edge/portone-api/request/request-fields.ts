// Schemas of a request's field types.
import { z } from 'zod'
import { freeText } from '../../http/request/fields.ts'
import { isWebAddress } from '../../platform/network/web-address.ts'

export const notAnObject = (name: string) => ({ error: `${name} must be an object` })

export const flag = (name: string) => z.boolean({ error: `${name} must be true or false` }).optional()

export const money = (name: string) =>
  z.union([z.number(), z.string()], {
    error: ({ input }) => (input === undefined ? `${name} is required` : `${name} must be a number`),
  })

/** Where customers are sent: an absolute http(s) URL without credentials, which would disguise the host. */
export const address = (name: string) =>
  freeText(name, 2000).refine((value) => /^https?:\/\/[^\s\\]+$/i.test(value) && isWebAddress(value), {
    error: `${name} must be a whole http(s) address without credentials`,
  })

export const email = (name: string) =>
  freeText(name, 254).refine((value) => z.email().safeParse(value).success, {
    error: `${name} must be an e-mail address`,
  })

export const phone = (name: string) =>
  freeText(name, 24).refine((value) => /^\+?\d[\d ()-]{3,}$/.test(value), {
    error: `${name} must be a telephone number`,
  })

export const country = (name: string) =>
  freeText(name, 2)
    .refine((value) => /^[A-Za-z]{2}$/.test(value), { error: `${name} must be two letters (ISO 3166-1)` })
    .transform((value) => value.toUpperCase())

export const postal = (name: string) =>
  z
    .object(
      {
        city: freeText(`${name}.city`, 100).optional(),
        country_code: country(`${name}.country_code`).optional(),
        locale: freeText(`${name}.locale`, 20).optional(),
        line_1: freeText(`${name}.line_1`, 200).optional(),
        line_2: freeText(`${name}.line_2`, 200).optional(),
        postal_code: freeText(`${name}.postal_code`, 20).optional(),
        state: freeText(`${name}.state`, 100).optional(),
      },
      notAnObject(name),
    )
    .optional()

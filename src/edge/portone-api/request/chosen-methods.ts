// Pure: maps `chosen_payment_methods` to the page's methods, by the merchant's `payment_methods`.

import type { Merchant } from '../../config/merchants.ts'
import { providerOf } from '../../domain/gateways/gateway.ts'
import type { LinkMethod } from '../../domain/links/link.ts'
import type { ChosenMethod } from '../../domain/links/portone-link.ts'
import type { PortoneFieldError } from '../../http/response/portone-errors.ts'
import { disambiguateLabels, labelOfChosen } from './method-labels.ts'

/** Maximum of methods per link. */
const maxMethods = 20

export interface MappedMethods {
  methods: LinkMethod[]
  chosen: Record<string, ChosenMethod>
  /** Path of each method in the request. */
  paths: string[]
}

/** @param requested undefined or empty: all of the merchant's methods */
export function mapMethods(
  { payment_methods: map = [] }: Pick<Merchant, 'payment_methods'>,
  requested: readonly ChosenMethod[] | undefined,
  problems: PortoneFieldError[],
): MappedMethods {
  const mapped: MappedMethods = { methods: [], chosen: {}, paths: [] }
  const entries = requested?.length ? requested : map.slice(0, maxMethods)
  if (entries.length === 0)
    problems.push(unmapped('chosen_payment_methods', 'the merchant has no payment_methods'))
  for (const [at, { payment_channel, payment_method }] of entries.entries()) {
    const path = `chosen_payment_methods.${at}`
    const entry = map.find((candidate) => isSame(candidate, { payment_channel, payment_method }))
    if (!entry) {
      const name = `${payment_channel} ${payment_method}`
      problems.push(unmapped(path, `${name} is not among the merchant's payment_methods`))
      continue
    }
    // Skips duplicates.
    if (entries.findIndex((candidate) => isSame(candidate, entry)) < at) continue
    const { pg, channelKey, pay_method = 'card', label } = entry
    const provider = providerOf(pg)
    const key = `m${at + 1}`
    mapped.methods.push({
      key,
      label: label ?? labelOfChosen(entry, entry),
      pay_method,
      ...(provider && { provider }),
      ...(pg && { pg }),
      ...(channelKey && { channelKey }),
    })
    mapped.chosen[key] = { payment_channel, payment_method }
    mapped.paths.push(path)
  }
  const labels = disambiguateLabels(
    mapped.methods.map(({ key, label }) => ({
      label,
      payment_channel: mapped.chosen[key]?.payment_channel ?? '',
    })),
  )
  for (const [at, method] of mapped.methods.entries()) method.label = labels[at] ?? method.label
  return mapped
}

const isSame = (one: ChosenMethod, other: ChosenMethod) =>
  one.payment_channel === other.payment_channel && one.payment_method === other.payment_method

const unmapped = (path: string, message: string): PortoneFieldError => ({ path, message, code: '4046' })

import type { Label } from '../../../contract/links/link-view.ts'
import { providerOf } from '../../domain/gateways/gateway.ts'
import { labelOf } from '../../domain/gateways/method-labels.ts'
import type { LinkMethod } from '../../domain/links/link.ts'
import type { LinkFields } from './link-fields.ts'

interface MethodRequest {
  pg?: string | undefined
  channelKey?: string | undefined
  pay_method?: string | undefined
  label?: Label | undefined
}

/** `direct` takes precedence over `pay_methods`. */
export function makeMethods({ direct, pay_methods }: Pick<Partial<LinkFields>, 'direct' | 'pay_methods'>): {
  methods: LinkMethod[]
  direct: boolean
} {
  const requested: MethodRequest[] = direct ? [direct] : (pay_methods ?? [])
  return { methods: requested.map(makeMethod), direct: direct !== undefined }
}

function makeMethod({ pg, channelKey, pay_method = 'card', label }: MethodRequest, at: number): LinkMethod {
  const provider = providerOf(pg)
  return {
    key: `m${at + 1}`,
    label: label ?? labelOf(pay_method, provider),
    pay_method,
    ...(provider ? { provider } : {}),
    ...(pg ? { pg } : {}),
    ...(channelKey ? { channelKey } : {}),
  }
}

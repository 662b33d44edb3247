import type { BillingKey } from './billing-key.ts'
import { Ledger } from './ledger.ts'
import { defaultSettings, type Settings } from './settings.ts'

/** An amount registered for an order through `POST /payments/prepare`. */
export interface RegisteredAmount {
  merchant_uid: string
  amount: number
  currency: string | null
}

export interface Token {
  value: string
  /** unix seconds */
  expiresAt: number
}

export interface SandboxDeps {
  now: () => number
  fetch: typeof fetch
}

/** State and dependencies of one sandbox. In memory only. */
export interface SandboxContext extends SandboxDeps {
  settings: Settings
  ledger: Ledger
  registeredAmounts: Map<string, RegisteredAmount>
  billingKeys: Map<string, BillingKey>
  token: Token | null
}

export function createSandboxContext(deps: SandboxDeps): SandboxContext {
  return {
    ...deps,
    settings: { ...defaultSettings },
    ledger: new Ledger(),
    registeredAmounts: new Map(),
    billingKeys: new Map(),
    token: null,
  }
}

/** Keeps the access token, so that clients stay signed in. */
export function resetSandbox(context: SandboxContext): void {
  context.settings = { ...defaultSettings }
  context.ledger = new Ledger()
  context.registeredAmounts = new Map()
  context.billingKeys = new Map()
}

import type { BillingKey } from './billing-key.ts'
import { Ledger } from './ledger.ts'
import { ordinarySettings, type Settings } from './settings.ts'

export interface Prepared {
  merchant_uid: string
  amount: number
  currency: string | null
}

export interface Token {
  value: string
  /** unix seconds */
  expiresAt: number
}

export interface Doors {
  now: () => number
  fetch: typeof fetch
}

/** All that one sandbox remembers. Gone with the process. */
export interface World extends Doors {
  settings: Settings
  ledger: Ledger
  prepared: Map<string, Prepared>
  keys: Map<string, BillingKey>
  token: Token | null
}

export function createWorld(doors: Doors): World {
  return {
    ...doors,
    settings: { ...ordinarySettings },
    ledger: new Ledger(),
    prepared: new Map(),
    keys: new Map(),
    token: null,
  }
}

/** The access token stays, so that a client which holds one need not notice. */
export function resetWorld(world: World): void {
  world.settings = { ...ordinarySettings }
  world.ledger = new Ledger()
  world.prepared = new Map()
  world.keys = new Map()
}

import type { Device, Visit } from './visit.ts'

/** One thing that the SDK does, and what is expected of it. */
export interface Case {
  area: 'handed over' | 'outcomes' | 'way out' | 'faults' | 'dialog' | 'scripts'
  name: string
  device: Device
  expected: string
  /** The page's policy is to stop something here; anywhere else that is a difference. */
  isStopped?: true
  run: (visit: Visit) => Promise<string>
}

export const devices: readonly Device[] = ['desktop', 'Android', 'iPhone']

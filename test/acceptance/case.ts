import type { Device, Visit } from './visit.ts'

/** One behaviour of the SDK and its expected result. */
export interface Case {
  area: 'parameters' | 'outcomes' | 'leaving a window' | 'faults' | 'dialog' | 'scripts'
  name: string
  device: Device
  expected: string
  /** The page's policy must block something in this case; in any other case a violation is a difference. */
  isStopped?: true
  run: (visit: Visit) => Promise<string>
}

export const devices: readonly Device[] = ['desktop', 'Android', 'iPhone']

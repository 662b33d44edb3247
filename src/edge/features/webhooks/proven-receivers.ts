import type { Settings } from '../../config/settings.ts'
import { maxProven } from '../../store/queues/events.ts'

/** Receivers that answered promptly last time, newest last; shared by all requests of a process. */
const bySettings = new WeakMap<Settings, Set<string>>()

export function provenReceivers(settings: Settings): ReadonlySet<string> {
  return setOf(settings)
}

export function recordReceiver(settings: Settings, receiver: string, isPrompt: boolean): void {
  const proven = setOf(settings)
  proven.delete(receiver)
  if (isPrompt) proven.add(receiver)
  const [oldest] = proven
  if (proven.size > maxProven && oldest !== undefined) proven.delete(oldest)
}

function setOf(settings: Settings): Set<string> {
  const proven = bySettings.get(settings) ?? new Set()
  bySettings.set(settings, proven)
  return proven
}

/** A value that tells when it changes: what the first script needs of a signal, without the library. */
export interface Cell<Value> {
  value: Value
  /** @returns what ends it */
  subscribe: (changed: (value: Value) => void) => () => void
}

export function cell<Value>(value: Value): Cell<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    get value() {
      return value
    },
    set value(next) {
      value = next
      for (const changed of listeners) changed(next)
    },
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}

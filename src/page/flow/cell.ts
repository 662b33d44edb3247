/** A minimal signal for the first script, without the library. */
export interface Cell<Value> {
  value: Value
  /** @returns unsubscribe */
  subscribe: (listener: (value: Value) => void) => () => void
}

export function cell<Value>(value: Value): Cell<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    get value() {
      return value
    },
    set value(next) {
      value = next
      for (const listener of listeners) listener(next)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** One message of main's, and who listens to it. */
export function message<T>() {
  const listeners = new Set<(sent: T) => void>()
  return {
    subscribe(listener: (sent: T) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    send(sent: T) {
      for (const listener of listeners) listener(sent)
    },
  }
}

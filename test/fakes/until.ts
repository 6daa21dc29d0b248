const patience = 20_000

/** Waits, turn by turn of the event loop, for what comes of real work (threads, files); fails where it never comes. */
export async function until<T>(look: () => T | null | undefined | false, what: () => string): Promise<T> {
  const deadline = Date.now() + patience
  for (;;) {
    const found = look()
    if (found) return found
    if (Date.now() > deadline) throw new Error(`This did not come: ${what()}`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

const everyMs = 5

/** Beats every 5 ms in this thread, and notes how late each beat came: whoever clicks meanwhile waits as long. */
export function startHeartbeat(): { stop(): readonly number[] } {
  const late: number[] = []
  let due = performance.now() + everyMs
  const timer = setInterval(() => {
    const now = performance.now()
    late.push(Math.max(0, now - due))
    due = now + everyMs
  }, everyMs)
  return {
    stop() {
      clearInterval(timer)
      return late
    },
  }
}

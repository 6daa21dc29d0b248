import type { Power } from '../../main/core/ports.ts'

export type FakePower = Power & { wake(): void; setOnline(online: boolean): void }

export function fakePower(): FakePower {
  const onWake = new Set<() => void>()
  const onOnline = new Set<(online: boolean) => void>()
  let isOnline = true
  return {
    onWake(run) {
      onWake.add(run)
      return () => onWake.delete(run)
    },
    online: () => isOnline,
    onOnlineChange(run) {
      onOnline.add(run)
      return () => onOnline.delete(run)
    },
    wake() {
      for (const run of onWake) run()
    },
    setOnline(online) {
      isOnline = online
      for (const run of onOnline) run(online)
    },
  }
}

import type { FileWriter } from '../core/deliveries/files.ts'

/** As much as any disk writes in a moment, and seldom enough that the flushes themselves cost nothing. */
const stretchBytes = 32 * 1024 * 1024

/**
 * A writer whose bytes go to the disk while more of them come. Left to the end they would be a gigabyte at once: the
 * last sync would take as long as the disk needs for all of it, and on a file system with a log (ext4) every other
 * sync waits for them meanwhile, the journal's in the main thread too. At most two stretches are on their way.
 *
 * An error of a sync is told at the next stretch and at the end, every time: the system itself tells of it only once.
 */
export function steadyWriter(writer: FileWriter): FileWriter {
  let unsynced = 0
  let syncing: Promise<void> = Promise.resolve()

  return {
    async write(bytes) {
      await writer.write(bytes)
      unsynced += bytes.length
      if (unsynced < stretchBytes) return
      unsynced = 0
      await syncing
      syncing = writer.sync()
      // It is waited for at the next stretch or at the end; until then nobody has to hear of it.
      syncing.catch(() => {})
    },
    async sync() {
      await syncing
      await writer.sync()
    },
    async close() {
      await syncing.catch(() => {})
      await writer.close()
    },
  }
}

import { unmanaged } from '../../main/core/policy/managed.ts'
import type { ManagedPolicy, UpdateFolder, UpdateInstaller } from '../../main/core/ports.ts'
import type { ReleaseFile } from '../../main/core/updates/update.ts'
import type { UpdatesParts } from '../../main/core/updates/updates-service.ts'
import { fakeClock } from './fake-clock.ts'
import { memoryLog } from './memory-log.ts'

export type Installed = { readonly file: ReleaseFile; readonly version: string; readonly restart: boolean }

/** An app of version 0.1.0 that came as a Debian package, and what became of its updates. */
export function updateParts(
  named: Pick<UpdatesParts, 'config' | 'http' | 'folder'> & Partial<UpdatesParts>,
  managed: Partial<ManagedPolicy> = {},
) {
  const log = memoryLog()
  const clock = fakeClock()
  const installed: Installed[] = []
  const ready: string[] = []
  const seen = { changes: 0, quits: 0, busy: false }
  const installer: UpdateInstaller = {
    kind: async () => 'deb',
    attempted: async () => null,
    install: async (file, version, restart) => void installed.push({ file, version, restart }),
  }
  const parts: UpdatesParts = {
    policy: { get: async () => ({ ...unmanaged, ...managed }) },
    installer,
    clock,
    log,
    version: '0.1.0',
    platform: 'linux',
    arch: 'x64',
    busy: async () => seen.busy,
    quit: () => {
      seen.quits += 1
    },
    onChange: () => {
      seen.changes += 1
    },
    onReady: version => void ready.push(version),
    ...named,
  }
  return { parts, clock, log, installed, ready, seen }
}

/** A folder for one file, in memory. */
export function memoryUpdateFolder(
  measure: (bytes: Uint8Array) => Pick<ReleaseFile, 'size' | 'sha512'>,
): UpdateFolder & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  return {
    files,
    async save(name, pieces) {
      files.clear()
      const all: Uint8Array[] = []
      for await (const piece of pieces) all.push(piece)
      files.set(name, Buffer.concat(all))
    },
    async measure(name) {
      const bytes = files.get(name)
      return bytes === undefined ? null : measure(bytes)
    },
    async clear() {
      files.clear()
    },
  }
}

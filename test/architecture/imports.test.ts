import { describe, expect, it } from 'vitest'
import { broken, rooms } from './rules.ts'
import { parsed, sourcesBelow } from './sources.ts'

const sources = ['main', 'preload', 'renderer', 'build', 'test'].flatMap(sourcesBelow)

describe('the import rules', () => {
  it.each(rooms.map(room => [room.name, room] as const))('hold in %s', (_name, room) => {
    const inRoom = sources.filter(({ path }) => rooms.find(({ has }) => has(path)) === room)
    expect(inRoom.flatMap(broken)).toEqual([])
  })

  it('know a room for every file', () => {
    expect(sources.filter(({ path }) => !rooms.some(({ has }) => has(path)))).toEqual([])
    expect(sources.length).toBeGreaterThan(100)
  })

  it('let ipcMain be known by the door alone, and ipcRenderer by the bridge', () => {
    const users = (name: string) =>
      sources
        .filter(
          ({ path, imports }) => !path.startsWith('test/') && imports.some(one => one.names.includes(name)),
        )
        .map(({ path }) => path)
    expect(users('ipcMain')).toEqual(['main/ipc/register.ts'])
    expect(users('ipcRenderer')).toEqual(['preload/api/calls.ts', 'preload/api/subscriptions.ts'])
    expect(users('contextBridge')).toEqual(['preload/index.ts'])
  })
})

describe('the wiring of the desktop', () => {
  it('is one install function a file; what must come before the app is ready is prepared', () => {
    const wiring = sources.filter(({ path }) => path.startsWith('main/app/'))
    const wrong = wiring.filter(({ exports }) => {
      const [installs, others] = [
        exports.filter(name => name.startsWith('install')),
        exports.filter(name => !/^(install|prepare)[A-Z]/.test(name)),
      ]
      return installs.length !== 1 || others.length > 0
    })
    expect(wrong.map(({ path, exports }) => `${path}: ${exports.join(', ')}`)).toEqual([])
    expect(wiring.length).toBeGreaterThan(10)
  })
})

describe('the rules see', () => {
  const inCore = (text: string) => broken(parsed('main/core/jobs/x.ts', text))

  it.each([
    ['a static import', `import { app } from 'electron'`],
    ['a type', `import type { App } from 'electron'`],
    ['a type among values', `import { type App } from 'electron'`],
    ['a bare import', `import 'electron'`],
    ['a dynamic import', `const electron = await import('electron')`],
    ['a computed import', `const electron = await import('elec' + 'tron')`],
    ['a require', `const electron = require('electron')`],
    ['an import-equals', `import electron = require('electron')`],
    ['an inline type', `let app: import('electron').App`],
    ['a re-export', `export { app } from 'electron'`],
    ['a re-export of all', `export * from 'electron'`],
    ['a re-export of types', `export type { App } from 'electron'`],
    ['a part of a package', `import { app } from 'electron/main'`],
    ['a builtin with side effects', `import { readFile } from 'node:fs/promises'`],
    ['a builtin without its prefix', `import { join } from 'path'`],
    ['an adapter', `import { systemClock } from '../../adapters/clock.ts'`],
    ['an adapter by a detour', `import { systemClock } from '../../ipc/../adapters/clock.ts'`],
    ['the schemas', `import { schemas } from '../../../preload/contract/schemas.ts'`],
    ['a test', `import { fakeClock } from '../../../test/fakes/fake-clock.ts'`],
    ['the clock', `const now = Date.now()`],
    ['the clock by a detour', `const now = globalThis.Date.now()`],
    ['a date of now', `const now = new Date()`],
    ['a timer', `setTimeout(() => {}, 1)`],
    ['a timer as a value', `const later = globalThis.setTimeout`],
    ['the network', `await fetch('https://example.invalid')`],
    ['chance', `const id = Math.random()`],
    ['the console', `console.log('x')`],
    ['the environment', `const home = process.env.HOME`],
  ])('%s', (_what, text) => {
    expect(inCore(text)).toHaveLength(1)
  })

  it.each([
    ['a text', `const text = "import { app } from 'electron'"`],
    ['a comment', `// import 'electron'`],
    ['a key', `const port = { fetch: 1, setTimeout: 2 }; port.fetch`],
    ['a method', `class Port { fetch() {} }`],
    ['a type', `type Port = { fetch(): void; process: string }`],
    ['a given date', `const at = new Date(0)`],
    ['the contract', `import type { JobView } from '../../../preload/contract/types.ts'`],
    ['a pure builtin', `import { createHash } from 'node:crypto'`],
  ])('nothing wrong with %s', (_what, text) => {
    expect(inCore(text)).toEqual([])
  })

  it('that the simulator takes nothing of core, and of the contract types alone', () => {
    const inPractice = (text: string) => broken(parsed('main/practice/x.ts', text))
    expect(inPractice(`import type { Job } from '../core/jobs/types.ts'`)).toHaveLength(1)
    expect(inPractice(`import { systemNames } from '../../preload/contract/words.ts'`)).toHaveLength(1)
    expect(inPractice(`import type { SystemName } from '../../preload/contract/words.ts'`)).toEqual([])
  })

  it('that the page takes no schemas and no Node', () => {
    const inPage = (text: string) => broken(parsed('renderer/x.tsx', text))
    expect(inPage(`import { schemas } from '../preload/contract/schemas.ts'`)).toHaveLength(1)
    expect(inPage(`import { z } from 'zod'`)).toHaveLength(1)
    expect(inPage(`import { join } from 'node:path'`)).toHaveLength(1)
    expect(inPage(`import type { App } from 'electron'`)).toHaveLength(1)
    expect(inPage(`import type { Job } from '../main/core/jobs/types.ts'`)).toHaveLength(1)
  })
})

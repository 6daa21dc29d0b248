import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFileLog, logFileName } from '../../../main/adapters/log.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

test('an entry is one line of JSON, masked', () => {
  const folder = join(tempFolder(), 'logs')
  const redactor = createRedactor()
  redactor.learn('canary-secret')
  const log = createFileLog({ folder, maxBytes: 10_000, count: 3 }, redactor, fakeClock())
  log.write('warn', 'http.failed', {
    url: 'https://h.example/?code=1',
    said: 'no\ncanary-secret here',
    token: 'x',
  })
  expect(linesOf(join(folder, logFileName))).toEqual([
    {
      at: '2026-11-01T18:30:00.000Z',
      level: 'warn',
      event: 'http.failed',
      facts: { url: 'https://h.example/?code=[masked]', said: 'no\n[masked] here', token: '[masked]' },
      process: process.pid,
    },
  ])
})

test('files are rotated by size; the newest lines are kept, in order', () => {
  const folder = tempFolder()
  const log = createFileLog({ folder, maxBytes: 1000, count: 3 }, createRedactor(), fakeClock())
  for (let n = 1; n <= 60; n++) log.write('info', 'tick', { n })
  const names = ['extract-desk.2.log', 'extract-desk.1.log', 'extract-desk.log']
  expect(readdirSync(folder).sort()).toEqual([...names].sort())
  for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000)
  const numbers = names.flatMap(name =>
    linesOf(join(folder, name)).map(line => (line.facts as { n: number }).n),
  )
  expect(numbers.at(-1)).toBe(60)
  expect(numbers).toEqual(numbers.map((_, index) => 60 - numbers.length + 1 + index))
})

test('a log that cannot be written stops nothing and says later what it lost', () => {
  const folder = join(tempFolder(), 'logs')
  writeFileSync(folder, 'a file where the folder should be')
  const log = createFileLog({ folder, maxBytes: 1000, count: 3 }, createRedactor(), fakeClock())
  log.write('info', 'one')
  log.write('info', 'two')
  rmSync(folder)
  mkdirSync(folder)
  log.write('info', 'three')
  expect(linesOf(join(folder, logFileName))).toMatchObject([{ event: 'three', linesLost: 2 }])
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileLog } from '../../../main/adapters/log.ts'
import { logFilesIn } from '../../../main/adapters/log-files.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

/** A log of one line a day, in files of some lines each. */
async function daily(days: number, maxBytes = 300) {
  const folder = tempFolder()
  const clock = fakeClock()
  const log = createFileLog({ folder, maxBytes, count: 5 }, createRedactor(), clock)
  for (let day = 1; day <= days; day += 1) {
    log.write('info', `day-${day}`)
    await clock.advance(hours(24))
  }
  const files = logFilesIn(folder, 5)
  const left = () =>
    readdirSync(folder)
      .flatMap(name => readFileSync(join(folder, name), 'utf8').split('\n'))
      .flatMap(line => /day-\d+/.exec(line) ?? [])
      .sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
  return { folder, log, files, left }
}

describe('the lines of the log', () => {
  it('that are older than they are to be kept go, wherever they stand, and the others stay', async () => {
    const { files, left, log } = await daily(8)
    expect(left()).toHaveLength(8)
    expect(await files.removeBefore(addMillis(fakeStart, hours(24 * 5)))).toBe(5)
    expect(left()).toEqual(['day-6', 'day-7', 'day-8'])
    log.write('info', 'day-9')
    expect(left()).toEqual(['day-6', 'day-7', 'day-8', 'day-9'])
    expect(await files.removeBefore(addMillis(fakeStart, hours(24 * 5)))).toBe(0)
  })

  it('also go out of the file that is written to', async () => {
    const { files, left } = await daily(4, 1_000_000)
    await files.removeBefore(addMillis(fakeStart, hours(24 * 2)))
    expect(left()).toEqual(['day-3', 'day-4'])
    await files.removeBefore(addMillis(fakeStart, hours(24 * 30)))
    expect(left()).toEqual([])
  })

  it('are read newest last, and the newest where there are too many', async () => {
    const { files } = await daily(8)
    const all = (await files.read(1_000_000)).flatMap(({ text }) => text.match(/day-\d+/g) ?? [])
    expect(all).toEqual(['day-1', 'day-2', 'day-3', 'day-4', 'day-5', 'day-6', 'day-7', 'day-8'])
    const few = (await files.read(250)).map(({ text }) => text).join('')
    expect(few.match(/day-\d+/g)).toEqual(['day-7', 'day-8'])
    expect(few.startsWith('{"at":')).toBe(true)
  })

  it('of a profile that has no log yet are none', async () => {
    const files = logFilesIn(join(tempFolder(), 'none'), 5)
    expect([await files.read(1000), await files.removeBefore(fakeStart)]).toEqual([[], 0])
  })
})

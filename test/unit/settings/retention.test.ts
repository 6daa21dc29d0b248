import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { createEvents } from '../../../main/core/events.ts'
import { startRetention } from '../../../main/core/settings/retention.ts'
import { defaultSettings } from '../../../main/core/settings/settings.ts'
import { hours, type Instant, isoOf, minutes } from '../../../main/core/time.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { memoryLog } from '../../fakes/memory-log.ts'

function kept(broken = false) {
  const clock = fakeClock()
  const log = memoryLog()
  const events = createEvents(() => {})
  const swept: string[] = []
  let settings = defaultSettings
  const note = (what: string) => async (before: Instant) => {
    swept.push(`${what} before ${isoOf(before).slice(0, 16)}`)
    if (broken) throw new AppError('no-space')
    return 0
  }
  const stop = startRetention({
    clock,
    log,
    events,
    settings: { get: async () => settings },
    answers: { removeBefore: note('answers') },
    logs: { removeBefore: note('logs') },
    tidyUp: async () => void swept.push('staging'),
  })
  const change = (patch: Partial<typeof settings>) => {
    settings = { ...settings, ...patch }
    events.publish({ kind: 'settings-changed' })
  }
  return { clock, log, swept, stop, change }
}

describe('what has been kept long enough', () => {
  it('is removed soon after the start and once a day, each kind by its own setting', async () => {
    const { clock, swept } = kept()
    await clock.advance(minutes(2))
    expect(swept).toEqual(['answers before 2026-10-02T18:32', 'logs before 2026-08-03T18:32', 'staging'])
    await clock.advance(hours(24))
    expect(swept).toHaveLength(6)
    expect(swept[3]).toBe('answers before 2026-10-03T18:32')
  })

  it('is removed soon after the setting was changed, and once for all changes of a minute', async () => {
    const { clock, swept, change } = kept()
    await clock.advance(minutes(2))
    change({ keepAnswersDays: 7 })
    await clock.advance(minutes(0.5))
    change({ keepAnswersDays: 0 })
    await clock.advance(minutes(1))
    expect(swept.slice(3)).toEqual([
      'answers before 2026-11-01T18:33',
      'logs before 2026-08-03T18:33',
      'staging',
    ])
  })

  it('of one kind is removed though another kind cannot be', async () => {
    const { clock, swept, log } = kept(true)
    await clock.advance(minutes(2))
    expect(swept).toHaveLength(3)
    expect(log.entries.map(({ event, facts }) => [event, facts.what])).toEqual([
      ['retention.not-swept', 'answers'],
      ['retention.not-swept', 'logs'],
    ])
    await clock.advance(hours(24))
    expect(swept).toHaveLength(6)
  })

  it('is left alone when the app ends', async () => {
    const { clock, swept, stop } = kept()
    stop()
    await clock.advance(hours(48))
    expect([swept, clock.pending()]).toEqual([[], 0])
  })
})

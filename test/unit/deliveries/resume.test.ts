import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import type { HttpAnswer } from '../../../main/core/ports.ts'
import type { Range } from '../../../main/core/systems/system.ts'
import { hours } from '../../../main/core/time.ts'
import { type FakeClock, fakeClock } from '../../fakes/fake-clock.ts'

import { asked, computerOf, job, startProcess } from '../../faults/delivery/memory/computer.ts'
import { untilEnded } from '../../faults/delivery/memory/deliver.ts'
import { visible } from '../../faults/delivery/memory/look.ts'
import { scenarios } from '../../faults/delivery/memory/scenarios.ts'

const [beginning, end] = ['a,b\n1,2\n', '3,4\n5,6\n']
const other = 'a,b\n9,9\n8,8\n7,7\n'
const headers = { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="x.txt"' }

async function* cut(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
  throw new AppError('connection-cut', { facts: { received: text.length } })
}

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const first = (): HttpAnswer => ({ status: 200, headers: { ...headers, etag: '"v1"' }, body: cut(beginning) })
const rest = (text: string, etag: string | null): HttpAnswer => ({
  status: 206,
  headers: {
    ...headers,
    'content-range': `bytes 8-${7 + text.length}/${8 + text.length}`,
    ...(etag ? { etag } : {}),
  },
  body: whole(text),
})

/** Delivers a file whose first download was cut; `second` answers what is asked for after that. */
async function resumed(
  second: (range: Range | null) => HttpAnswer,
  beforeThat: (clock: FakeClock) => HttpAnswer = first,
): Promise<{
  readonly file: string | undefined
  readonly ranges: readonly (Range | null)[]
}> {
  const [scenario] = scenarios
  if (!scenario) throw new Error('There is a scenario')
  const clock = fakeClock()
  const computer = await computerOf(scenario, clock)
  const ranges: (Range | null)[] = []
  const { sessions } = computer.around.world
  const around = {
    ...computer.around,
    world: {
      ...computer.around.world,
      sessions: {
        with: ((id, work) =>
          sessions.with(id, (session, system) =>
            work(session, {
              ...system,
              open: async (_session, _definition, _job, _file, range) => {
                ranges.push(range)
                return ranges.length === 1 ? beforeThat(clock) : second(range)
              },
            }),
          )) satisfies typeof sessions.with,
      },
    },
  }
  const it = { ...computer, around }
  const { service, runner } = await startProcess(it, clock)
  await service.request(job, asked)
  await untilEnded(it, clock)
  await runner.stopAndDrain()
  return { file: visible(it).get('x.txt'), ranges }
}

const range = { from: 8, validator: '"v1"' }

describe('a download that was cut', () => {
  it('goes on behind what came, where it is still the same file', async () => {
    const { file, ranges } = await resumed(() => rest(end, '"v1"'))
    expect(file).toBe(beginning + end)
    expect(ranges).toEqual([null, range])
  })

  it('goes on in another answer where one has trickled for more than six hours', async () => {
    async function* trickle(clock: FakeClock): AsyncGenerator<Uint8Array> {
      yield Buffer.from(beginning.slice(0, 4))
      await clock.advance(hours(6))
      yield Buffer.from(beginning.slice(4))
      await clock.advance(1)
      yield Buffer.from(end)
    }
    const { file, ranges } = await resumed(
      () => rest(end, '"v1"'),
      clock => ({ ...first(), body: trickle(clock) }),
    )
    expect(ranges).toEqual([null, range])
    expect(file).toBe(beginning + end)
  })

  it.each([
    ['another validator', '"v2"'],
    ['none', null],
  ] as const)('is never mixed with the rest of another file: 206 with %s', async (_what, etag) => {
    const { file, ranges } = await resumed(asked =>
      asked ? rest(end, etag) : { status: 200, headers, body: whole(other) },
    )
    expect(file).toBe(other)
    expect(ranges).toEqual([null, range, null])
  })

  it('begins anew where the file is shorter now than what came of it', async () => {
    const { file, ranges } = await resumed(asked => {
      if (asked) throw new AppError('request-refused', { facts: { status: 416 } })
      return { status: 200, headers, body: whole('a,b\n7,7\n') }
    })
    expect(file).toBe('a,b\n7,7\n')
    expect(ranges).toEqual([null, range, null])
  })
})

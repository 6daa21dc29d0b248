import { describe, expect, it } from 'vitest'
import { type BeginParts, beginWork } from '../../../main/core/lifecycle/begin.ts'
import { settled } from '../../fakes/fake-clock.ts'

function setUp(patch: Partial<BeginParts> = {}) {
  const done: string[] = []
  const faults: unknown[] = []
  const stop = new AbortController()
  const note = (what: string) => async () => void done.push(what)
  const begun = beginWork({
    finishPublishing: note('published'),
    recoverStarts: note('recovered'),
    watch: () => void done.push('watching'),
    stopping: stop.signal,
    onFault: error => void faults.push(error),
    ...patch,
  })
  return { begun, done, faults, stop }
}
const forever = () => new Promise<never>(() => {})

describe('the work that goes on by itself', () => {
  it('watches while starts of a killed process are still being settled', async () => {
    const { done } = setUp({ recoverStarts: forever })
    await settled()
    expect(done).toEqual(['published', 'watching'])
  })

  it('begins with nothing before what is half visible is finished', async () => {
    const { done } = setUp({ finishPublishing: forever })
    await settled()
    expect(done).toEqual([])
  })

  it('begins in spite of a fault in what came before, and tells of it', async () => {
    const fault = async () => {
      throw new Error('a fault')
    }
    const { begun, done, faults } = setUp({ finishPublishing: fault, recoverStarts: fault })
    await begun
    expect(done).toEqual(['watching'])
    expect(faults).toHaveLength(2)
  })

  it('does not begin any more where the app ends meanwhile', async () => {
    let finish = () => {}
    const { begun, done, stop } = setUp({ finishPublishing: () => new Promise<void>(end => (finish = end)) })
    stop.abort()
    finish()
    await begun
    expect(done).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { readTime, writtenTime } from '../../../../main/core/systems/icws/times.ts'
import { instantAt } from '../../../../main/core/time.ts'

const at = Date.UTC(2021, 6, 6, 18, 22, 19)

describe('a time of the server', () => {
  test.each([
    ['20210706T182219Z', at],
    ['20210706182219Z', at],
    ['20210706T1822Z', at - 19_000],
    ['20210706T182219.25Z', at + 250],
  ])('[icws:2.1.compact] %s', (raw, expected) => {
    expect(Number.isNaN(new Date('20210706T182219Z').getTime())).toBe(true)
    expect(readTime(raw)).toEqual({ raw, at: expected, zoneAssumed: false })
  })

  test.each([
    ['2021-07-06T18:22:19.000Z', at],
    ['2021-07-06T18:22:19Z', at],
    ['2021-07-06T18:22Z', at - 19_000],
    ['2021-07-06T18:22:19.5Z', at + 500],
  ])('[icws:2.1.extended] %s', (raw, expected) => {
    expect(readTime(raw)).toEqual({ raw, at: expected, zoneAssumed: false })
  })

  test('without its Z it is UTC, and says so', () => {
    expect(readTime('20210706T182219')).toEqual({ raw: '20210706T182219', at, zoneAssumed: true })
  })

  test.each([
    'soon',
    '20211306T182219Z',
    '20210230T182219Z',
    '2021-07-06',
    '2021-07-06T25:22Z',
    '20210706T18Z',
  ])('%s is kept as it came', raw => {
    expect(readTime(raw)).toEqual({ raw, at: null, zoneAssumed: false })
  })

  test('no text is no time', () => {
    expect(readTime('')).toBeNull()
  })

  test('[icws:2.1.sends-extended] ours has the extended form, with milliseconds', () => {
    expect(writtenTime(instantAt(at))).toBe('2021-07-06T18:22:19.000Z')
  })
})

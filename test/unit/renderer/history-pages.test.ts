import { describe, expect, it } from 'vitest'
import type { HistoryPage } from '../../../preload/contract/types.ts'
import {
  firstFilters,
  isFiltered,
  noFilters,
  questionOf,
} from '../../../renderer/features/history/filters.ts'
import { createPages, PAGE } from '../../../renderer/features/history/pages.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const { history } = monthEnd(1_700_000_000_000)
const settled = () => new Promise(resolve => setImmediate(resolve))

describe('the pages of the history', () => {
  it('asks only for what is looked at, once', async () => {
    const asked: number[] = []
    const pages = createPages(async (offset, limit) => {
      asked.push(offset)
      return { total: history.length, rows: history.slice(offset, offset + limit) }
    })
    pages.want(0, 30)
    pages.want(5, 40)
    await settled()
    expect(asked).toEqual([0])
    expect(pages.read().total).toBe(100_000)
    expect(pages.read().row(7)?.jobId).toBe('h-7')
    expect(pages.read().row(PAGE)).toBeNull()

    pages.want(50_095, 50_105)
    await settled()
    expect(asked).toEqual([0, 50_000, 50_100])
    expect(pages.read().row(50_101)?.jobId).toBe('h-50101')
  })

  it('tells those who look when rows have come', async () => {
    const pages = createPages(async () => ({ total: 1, rows: history.slice(0, 1) }))
    const before = pages.read()
    let told = 0
    const off = pages.subscribe(() => {
      told += 1
    })
    pages.want(0, 0)
    await settled()
    expect(told).toBe(1)
    expect(pages.read()).not.toBe(before)
    off()
    pages.want(PAGE, PAGE)
    await settled()
    expect(told).toBe(1)
  })

  it('shows why a page did not come, and asks for it again when it is wanted again', async () => {
    const answers: (() => Promise<HistoryPage>)[] = [
      async () => {
        throw new Error('gone')
      },
      async () => ({ total: 0, rows: [] }),
    ]
    const pages = createPages(async () => {
      const next = answers.shift()
      if (!next) throw new Error('asked too often')
      return next()
    })
    pages.want(0, 0)
    await settled()
    expect(pages.read()).toMatchObject({ total: null, error: { code: 'internal' } })
    pages.want(0, 0)
    await settled()
    expect(pages.read()).toMatchObject({ total: 0, error: null })
  })
})

describe('filters', () => {
  const now = new Date(2026, 10, 14, 18, 31).getTime()

  it('begin days at local midnight', () => {
    expect(questionOf({ ...noFilters, since: 'today' }, now).since).toBe(new Date(2026, 10, 14).getTime())
    expect(questionOf({ ...noFilters, since: 'week' }, now).since).toBe(new Date(2026, 10, 8).getTime())
  })

  it('leave the blanks around a search out', () => {
    expect(questionOf({ ...noFilters, text: ' march ' }, now)).toEqual({
      text: 'march',
      outcome: 'any',
      connectionId: null,
      since: null,
    })
  })

  it('know whether any is on', () => {
    expect(isFiltered(noFilters)).toBe(false)
    expect(isFiltered({ ...noFilters, outcome: 'trouble' })).toBe(true)
    expect(isFiltered({ ...noFilters, text: 'x' })).toBe(true)
    expect(isFiltered({ ...noFilters, reviewed: 'no' })).toBe(true)
  })

  it('ask for what was reviewed, or was not, only where that is on', () => {
    expect(questionOf({ ...noFilters, reviewed: 'no' }, now)).toMatchObject({ reviewed: 'no' })
    expect(questionOf(noFilters, now)).not.toHaveProperty('reviewed')
  })

  it('leave out from the start what others ran and nobody here saved; that alone is nothing that was asked', () => {
    expect(questionOf(firstFilters, now)).toMatchObject({ passedBy: 'hidden' })
    expect(questionOf(noFilters, now)).not.toHaveProperty('passedBy')
    expect(isFiltered(firstFilters)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../preload/contract/errors.ts'
import {
  errorText,
  figures,
  needText,
  notices,
  receiptWarning,
} from '../../../preload/contract/text/index.ts'

describe('errors in words', () => {
  it.each(errorCodes)('says for %s what happened, what is safe and what to do, in whole sentences', code => {
    const { what, safe, next } = errorText({ code, facts: {} })
    for (const sentence of [what, safe, next]) {
      expect(sentence).toMatch(/^[A-Z“].*[.?]$/)
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object|“”/)
    }
  })

  it('fills in the facts it has', () => {
    expect(errorText({ code: 'folder-unreachable', facts: { folder: '\\\\erp\\in' } }).what).toBe(
      'The folder \\\\erp\\in cannot be reached.',
    )
    expect(errorText({ code: 'fewer-rows-than-promised', facts: { expectedRows: 102, rows: 1 } }).what).toBe(
      'The extract’s first line promises 102 rows, and 1 came.',
    )
    expect(errorText({ code: 'again-needed', facts: { reason: 'unsaved-run' } }).what).toContain('not saved')
    expect(errorText({ code: 'conflict', facts: { reason: 'one-name', files: 3 } }).what).toBe(
      'The name template gives 3 files one name.',
    )
    expect(errorText({ code: 'bad-input', facts: { field: 'url' } }).what).toBe(
      '“Address” cannot be used as it is.',
    )
  })
})

describe('warnings of a receipt', () => {
  it('are sentences, and an unknown one is shown by its code', () => {
    expect(
      receiptWarning({
        code: 'more-rows-than-promised',
        facts: { file: 'sae.txt', expectedRows: 102, rows: 1103 },
      }),
    ).toBe('The first line of “sae.txt” promises 102 rows, and 1,103 came.')
    expect(receiptWarning({ code: 'something-new', facts: {} })).toBe('something-new')
  })
})

describe('figures', () => {
  it('count with the form that belongs to the number', () => {
    expect(figures.files(1)).toBe('1 file')
    expect(figures.rows(48_211)).toBe('48,211 rows')
    expect(figures.rows(0)).toBe('0 rows')
  })

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 KB'],
    [46_011_904, '46.0 MB'],
    [99_949_999, '99.9 MB'],
    [99_950_000, '100 MB'],
    [1_024_000_000, '1.0 GB'],
    [12_400_000_000_000, '12.4 TB'],
  ])('write %i bytes as %s', (bytes, text) => {
    expect(figures.size(bytes)).toBe(text)
  })
})

describe('notifications and the tray', () => {
  it('say what was delivered', () => {
    expect(
      notices.delivered({ definition: 'SAE US', files: 3, rows: 48_211, totalsMatch: true, finding: null }),
    ).toEqual({
      title: 'SAE US delivered',
      body: '3 files, 48,211 rows, totals match',
    })
    expect(
      notices.delivered({ definition: 'Cards', files: 1, rows: null, totalsMatch: null, finding: null }).body,
    ).toBe('1 file')
    expect(
      notices.delivered({ definition: 'SAE', files: 1, rows: 1, totalsMatch: false, finding: null }).body,
    ).toBe('1 file, 1 row, totals differ')
  })

  it('say what happened and what is safe where the user is needed', () => {
    expect(
      notices.needsYou({
        title: 'SAE Europe',
        kind: 'delivery',
        facts: {},
        error: { code: 'folder-unreachable', facts: { folder: '\\\\erp\\in' } },
      }),
    ).toEqual({
      title: 'SAE Europe needs you',
      body: 'The folder \\\\erp\\in cannot be reached. The file is safe and will be delivered there when the folder is back.',
    })
  })

  it('say what makes a sign-in last, by its kind', () => {
    const next = (auth: string) =>
      needText({ kind: 'sign-in-expires', facts: { days: 3, auth }, error: null }).next
    expect(next('refresh-token')).toContain('administrator')
    expect(next('password')).toContain('Change the password')
    expect(next('access-token')).toBe('Sign in with a new token.')
  })

  it('count days and runs', () => {
    const need = (kind: Parameters<typeof needText>[0]['kind'], facts: Record<string, number>) =>
      needText({ kind, facts, error: null }).what
    expect(need('sign-in-expires', { days: 3 })).toBe('The sign-in expires in 3 days.')
    expect(need('sign-in-expires', { days: 0 })).toBe('The sign-in expires today.')
    expect(need('near-end-of-list', { left: 1 })).toContain('after 1 more run.')
  })
})

import { expect, it } from 'vitest'
import { createProgress } from '../../../main/cli/progress.ts'

function written(columns: number | null, quiet = false): string {
  let text = ''
  const err = (piece: string) => {
    text += piece
  }
  const progress = createProgress({ columns, err }, quiet)
  progress.say('Started job 1.')
  progress.say('Started job 1.')
  progress.step({ step: 'downloading', bytes: 500_000, totalBytes: 1_000_000, bytesPerSecond: 250_000 })
  progress.step({ step: 'downloading', bytes: 1_000_000, totalBytes: 1_000_000, bytesPerSecond: 250_000 })
  progress.step({ step: 'publishing', bytes: 0, totalBytes: null, bytesPerSecond: null })
  progress.clear()
  return text
}

it('is a line for each thing that happens, where there is no terminal', () => {
  expect(written(null)).toBe('Started job 1.\nDownloading…\nPutting in place…\n')
})

it('is a bar on a terminal, no wider than that, and gone at the end', () => {
  const wide = written(120)
  expect(wide).toContain('Downloading [############------------] 500 KB of 1.0 MB, 250 KB/s')
  expect(wide).toContain('[########################]')
  expect(wide).toContain('Putting in place [------------------------]')
  expect(wide.endsWith('\r\u001b[2K')).toBe(true)
  const lines = written(30).split('\u001b[2K')
  for (const line of lines) expect(line.replace(/[\r\n]/g, '').length).toBeLessThan(30)
})

it('is nothing where it is told to be quiet', () => {
  expect(written(120, true)).toBe('')
})

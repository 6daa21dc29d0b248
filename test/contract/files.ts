import { expect, test } from 'vitest'
import type { HttpAnswer } from '../../main/core/ports.ts'
import type { Range, RemoteFile, RemoteJob } from '../../main/core/systems/system.ts'
import { type Bench, bench } from './bench.ts'
import type { Subject } from './subject.ts'

async function bytesOf(answer: HttpAnswer): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of answer.body) parts.push(part)
  return Buffer.concat(parts)
}

const validatorOf = ({ headers }: HttpAnswer): string => headers.etag ?? headers['last-modified'] ?? ''

async function withFiles(subject: Subject) {
  const it = await bench(subject)
  const job = await it.ended()
  const { files } = await it.run(session => it.system.files(session, it.target, job))
  const [file] = files
  if (!file) throw new Error('The job has files.')
  return { ...it, over: job, files, file, open: opening(it, job) }
}

const opening =
  ({ run, system, target }: Bench, { id }: RemoteJob) =>
  (file: RemoteFile, range: Range | null = null) =>
    run(async session => {
      const answer = await system.open(session, target, id, file, range)
      return { answer, bytes: await bytesOf(answer) }
    })

/** What a job leaves, and how it is fetched. */
export function files(subject: Subject): void {
  test('each file has an id of its own, and comes whole, twice the same', async () => {
    const { files: found, open } = await withFiles(subject)
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
    for (const file of found) {
      const [first, second] = [await open(file), await open(file)]
      expect(first.answer.status).toBe(200)
      expect(first.bytes.length).toBeGreaterThan(0)
      expect(second.bytes.equals(first.bytes)).toBe(true)
    }
  })

  test('the rest of a file fits its beginning, or the whole of it comes', async () => {
    const { file, open } = await withFiles(subject)
    const whole = await open(file)
    const from = Math.floor(whole.bytes.length / 2)
    const rest = await open(file, { from, validator: validatorOf(whole.answer) })
    if (rest.answer.status === 200) return expect(rest.bytes.equals(whole.bytes)).toBe(true)
    expect(rest.answer.status).toBe(206)
    expect(rest.answer.headers['content-range']).toMatch(
      new RegExp(`^bytes ${from}-\\d+/${whole.bytes.length}$`),
    )
    expect(rest.bytes.equals(whole.bytes.subarray(from))).toBe(true)
    expect(validatorOf(rest.answer)).toBe(validatorOf(whole.answer))
  })

  test('the rest of another file is never taken for the rest of this one', async () => {
    const { file, open } = await withFiles(subject)
    const whole = await open(file)
    const other = await open(file, { from: 3, validator: '"of-another-file"' })
    if (other.answer.status === 200) return expect(other.bytes.equals(whole.bytes)).toBe(true)
    expect(validatorOf(other.answer)).not.toBe('"of-another-file"')
  })

  test('a job without a place for its files has none yet', async () => {
    const { ended, practice, run, system, target } = await bench(subject)
    practice.scenario('missing-file-link', subject.name)
    const over = await ended()
    expect(over).toMatchObject({ status: 'completed', hasFiles: false })
    expect(await run(session => system.files(session, target, over))).toEqual({ files: [], missing: [] })
  })

  test('a job that found nothing brings an empty file, or says that there is none', async () => {
    const { ended, practice, run, system, target } = await bench(subject)
    practice.scenario('empty-extract', subject.name)
    const over = await ended()
    const listing = run(session => system.files(session, target, over))
    const files = await listing.then(
      found => found.files.length,
      error => {
        expect(error).toMatchObject({ code: 'empty-extract' })
        return 0
      },
    )
    expect(files).toBeLessThanOrEqual(1)
  })
}

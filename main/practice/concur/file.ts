import type { Answer } from '../loopback.ts'
import { collect, type SampleExtract } from '../samples/sample.ts'
import { flipOneBit, zip, zipStream } from '../zip.ts'
import type { Definition } from './definitions.ts'
import { statusAt } from './jobs.ts'
import { loginPage, reply } from './replies.ts'
import type { Job } from './state.ts'
import type { World } from './world.ts'

/** A large download is cut here, an ordinary one in the middle. */
const CUT_OF_A_STREAM = 1_000_000

/** GET …/file: text/csv for one file, a zip for several, or what the scenario puts in its place. */
export async function fileAnswer(
  world: World,
  definition: Definition,
  job: Job,
  fail: (status: number, message: string) => Answer,
): Promise<Answer> {
  const { file, fileLink } = world.scenario()
  const finished = statusAt(job, world.now()).finished && job.ends === 'Completed'
  if (!finished || !fileLink) return fail(404, 'This job has no file')
  if (file === 'html') return loginPage()
  if (file === 'json-error') {
    return reply(
      200,
      'application/json',
      JSON.stringify({ Error: { Message: 'The file could not be read' } }),
    )
  }
  const extract = definition.extract({
    seed: world.seed,
    number: job.number,
    fill: job.fill,
    largeBytes: world.largeBytes,
  })
  const [only, ...more] = extract.files
  const single = more.length === 0
  const name: Record<string, string> = definition.namesFile
    ? { 'content-disposition': `attachment; filename="${only.name}"` }
    : {}
  const type = single ? 'text/csv' : 'application/zip'
  if (job.fill === 'large') {
    const body = single ? only.chunks() : zipStream(extract.files, extract.writtenAt)
    return { ...reply(200, type, body, name), ...(file === 'cut' ? { cutAfter: CUT_OF_A_STREAM } : {}) }
  }
  const bytes = single ? await collect(only) : await archive(extract)
  const body = file === 'bit-flipped' && !single ? flipOneBit(bytes) : bytes
  return {
    ...reply(200, type, body, name),
    ...(file === 'cut' ? { cutAfter: Math.floor(body.length / 2) } : {}),
  }
}

async function archive({ files, writtenAt }: SampleExtract): Promise<Buffer> {
  const entries = await Promise.all(files.map(async file => ({ name: file.name, data: await collect(file) })))
  return zip(entries, writtenAt)
}

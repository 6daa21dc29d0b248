import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../../main/core/ids.ts'
import type { HttpAnswer } from '../../../../main/core/ports.ts'
import type { Range, RemoteFile, RemoteJob } from '../../../../main/core/systems/system.ts'
import { seconds } from '../../../../main/core/time.ts'
import { fakeClock, settled } from '../../../fakes/fake-clock.ts'
import { type MemoryFolders, memoryFolders } from '../../../fakes/memory-folders.ts'
import { scriptedHttp } from '../../../fakes/scripted-http.ts'
import { icws, json, nested, session, target } from './fixture.ts'

const id = remoteId('77')
const server = '\\\\ic-a\\extracts\\77'
const local = '/mnt/extracts/77'
const maps = [{ server: '\\\\ic-a\\extracts', local: '/mnt/extracts' }]
const file = (name: string, version = '1-1'): RemoteFile => ({ id: `${version}/${name}`, name })

async function textOf({ body }: HttpAnswer): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** A job whose files lie there; `fill` puts them. */
function there(fill: (folders: MemoryFolders) => void = () => {}, outputFolder: string | null = server) {
  const clock = fakeClock()
  const folders = memoryFolders(local, '/mnt/extracts')
  fill(folders)
  const system = icws({ clock, folders })
  const http = scriptedHttp(() =>
    json(nested({ state: 5, ...(outputFolder === null ? {} : { outputFolder }) })),
  )
  const held = session(http, maps)
  const job = (): Promise<RemoteJob> => system.job(held, target, id)
  async function files() {
    const listing = job().then(found => system.files(held, target, found))
    const outcome = listing.then(
      found => ({ found }),
      (error: unknown) => ({ error }),
    )
    let over = false
    void outcome.then(() => {
      over = true
    })
    while (!over) {
      await clock.advance(seconds(1))
      await settled()
    }
    const ended = await outcome
    if ('error' in ended) throw ended.error
    return ended.found
  }
  const openFile = (one: RemoteFile, range: Range | null = null) => system.open(held, target, id, one, range)
  /** The file of that name as it is now. */
  async function open(name: string, range: Range | null = null) {
    const facts = await folders.look(`${local}/${name}`).catch(() => null)
    return openFile(file(name, `${facts?.bytes}-${facts?.written}`), range)
  }
  return { clock, folders, system, http, job, files, open, openFile }
}

describe('[icws:2.3.folder] the files of a job', () => {
  test('are all that is in its folder, with the folders below it', async () => {
    const { files } = there(folders => {
      folders.put(`${local}/calls.csv`, 'a')
      folders.put(`${local}/views/agents.csv`, 'b')
      folders.put(`${local}/views/2031/calls.csv`, 'c')
      folders.put('/mnt/extracts/78/calls.csv', 'd')
    })
    const names = ['calls.csv', 'views/agents.csv', 'views/2031/calls.csv']
    expect(await files()).toEqual({ files: names.map(name => file(name)), missing: [] })
  })

  test('are none where the server names no folder', async () => {
    expect(await there(() => {}, null).files()).toEqual({ files: [], missing: [] })
    const without = there(() => {}, null)
    await expect(without.open('calls.csv')).rejects.toMatchObject({ code: 'file-gone' })
  })

  test('an empty folder is an extract that found nothing', async () => {
    await expect(there().files()).rejects.toMatchObject({ code: 'empty-extract', facts: { files: 0 } })
  })

  test('a link is not followed, and what is behind it is missing', async () => {
    const { files, open } = there(folders => {
      folders.put(`${local}/calls.csv`, 'a')
      folders.put('/etc/passwd', 'root')
      folders.link(`${local}/secret.csv`, '/etc/passwd')
      folders.link(`${local}/more`, '/etc')
    })
    const { files: found, missing } = await files()
    expect(found).toEqual([file('calls.csv')])
    expect(missing.map(({ item }) => item)).toEqual(['more', 'secret.csv'])
    await expect(open('secret.csv')).rejects.toMatchObject({
      code: 'source-unreachable',
      facts: { reason: 'leads-elsewhere' },
    })
    await expect(open('more/passwd')).rejects.toMatchObject({ code: 'source-unreachable' })
    await expect(open('../78/calls.csv')).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('a folder that a link leads out of the mapped one is not read', async () => {
    const { files } = there(folders => {
      folders.put('/elsewhere/calls.csv', 'a')
      folders.link(local, '/elsewhere')
    })
    await expect(files()).rejects.toMatchObject({
      code: 'source-unreachable',
      facts: { reason: 'leads-elsewhere' },
    })
  })

  test.each(['ENOENT', 'EACCES', 'EHOSTDOWN', 'ETIMEDOUT', 'ESTALE'])(
    'a share that says %s is away: nothing is lost',
    async code => {
      const it = there(folders => folders.put(`${local}/calls.csv`, 'abc'))
      it.folders.away(code)
      const facts = { folder: server, reason: code }
      await expect(it.files()).rejects.toMatchObject({ code: 'source-unreachable', facts })
      await expect(it.open('calls.csv')).rejects.toMatchObject({ code: 'source-unreachable', facts })
      it.folders.away(null)
      expect((await it.files()).files).toHaveLength(1)
    },
  )

  test('a folder that no map reaches is not looked for', async () => {
    await expect(there(() => {}, '\\\\evil\\share\\77').files()).rejects.toMatchObject({
      code: 'source-unreachable',
      facts: { folder: '\\\\evil\\share\\77', reason: 'no-map' },
    })
  })
})

describe('[icws:2.3.folder-unconfirmed] files that grow', () => {
  test('are waited for until size and time stand still', async () => {
    const { clock, folders, files } = there(it => it.put(`${local}/calls.csv`, 'a', '1'))
    clock.wake((clock.now() + seconds(3)) as ReturnType<typeof clock.now>, () =>
      folders.put(`${local}/calls.csv`, 'ab', '2'),
    )
    clock.wake((clock.now() + seconds(8)) as ReturnType<typeof clock.now>, () =>
      folders.put(`${local}/calls.csv`, 'ab', '3'),
    )
    clock.wake((clock.now() + seconds(12)) as ReturnType<typeof clock.now>, () =>
      folders.put(`${local}/more.csv`, 'c', '4'),
    )
    const began = clock.now()
    expect((await files()).files).toHaveLength(2)
    expect(clock.now() - began).toBeGreaterThanOrEqual(seconds(20))
  })

  test('for ever are come back to later', async () => {
    const { clock, folders, files } = there(it => it.put(`${local}/calls.csv`, '', '0'))
    let grown = 0
    const grow = () => {
      grown += 1
      folders.put(`${local}/calls.csv`, 'x'.repeat(grown), String(grown))
      clock.wake((clock.now() + seconds(2)) as ReturnType<typeof clock.now>, grow)
    }
    grow()
    await expect(files()).rejects.toMatchObject({ code: 'source-changing', facts: { retryAfterMs: 30_000 } })
  })

  test('while they are read are not taken', async () => {
    const { folders, open } = there(it => it.put(`${local}/calls.csv`, 'first', '1'))
    folders.whenRead(() => folders.put(`${local}/calls.csv`, 'first and second', '2'))
    await expect(textOf(await open('calls.csv'))).rejects.toMatchObject({ code: 'source-changing' })
    expect(await textOf(await open('calls.csv'))).toBe('first and second')
    folders.whenRead(() => folders.put(`${local}/calls.csv`, 'short', '3'))
    await expect(textOf(await open('calls.csv'))).rejects.toMatchObject({ code: 'source-changing' })
    folders.whenRead(() => folders.away('ESTALE'))
    await expect(textOf(await open('calls.csv'))).rejects.toMatchObject({ code: 'source-unreachable' })
  })
})

describe('a folder that stood still', () => {
  test('and one of its files is written anew before it is read: that is another file', async () => {
    const { folders, files, openFile } = there(it => it.put(`${local}/calls.csv`, 'first', '1'))
    const [before] = (await files()).files
    if (!before) throw new Error('There is a file.')
    folders.put(`${local}/calls.csv`, 'again', '2')
    await expect(openFile(before)).rejects.toMatchObject({
      code: 'source-changing',
      facts: { retryAfterMs: 30_000 },
    })
    const [after] = (await files()).files
    if (!after) throw new Error('There is a file.')
    expect(after.id).not.toBe(before.id)
    expect(await textOf(await openFile(after))).toBe('again')
  })
})

describe('a file', () => {
  test('comes as an exchange would bring it, and goes on where it was', async () => {
    const { open } = there(folders => folders.put(`${local}/calls.csv`, '0123456789', '7'))
    const whole = await open('calls.csv')
    expect(whole).toMatchObject({ status: 200, headers: { etag: '"10-7"', 'content-length': '10' } })
    expect(await textOf(whole)).toBe('0123456789')
    const rest = await open('calls.csv', { from: 4, validator: '"10-7"' })
    expect(rest).toMatchObject({
      status: 206,
      headers: { etag: '"10-7"', 'content-length': '6', 'content-range': 'bytes 4-9/10' },
    })
    expect(await textOf(rest)).toBe('456789')
  })

  test('that is another one now comes whole', async () => {
    const { folders, open } = there(it => it.put(`${local}/calls.csv`, '0123456789', '7'))
    folders.put(`${local}/calls.csv`, '0123456789', '8')
    const other = await open('calls.csv', { from: 4, validator: '"10-7"' })
    expect(other.status).toBe(200)
    expect(await textOf(other)).toBe('0123456789')
  })

  test('says what it is where its name does', async () => {
    const { open } = there(folders => {
      folders.put(`${local}/a.xml`, '<a/>')
      folders.put(`${local}/a.csv`, 'a')
    })
    expect((await open('a.xml')).headers['content-type']).toBe('application/xml')
    expect((await open('a.csv')).headers).not.toHaveProperty('content-type')
  })

  test('large ones come piece by piece', async () => {
    const { open } = there(folders => folders.put(`${local}/large.csv`, 'x'.repeat(700_000)))
    const sizes: number[] = []
    for await (const piece of (await open('large.csv')).body) sizes.push(piece.byteLength)
    expect(sizes).toEqual([262_144, 262_144, 175_712])
  })
})

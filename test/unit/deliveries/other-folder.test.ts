import { expect, it } from 'vitest'
import type { Files } from '../../../main/core/deliveries/files.ts'
import { deliveriesRoom, served, servedZip } from '../../fakes/deliveries-world.ts'
import { asked, folder, id, quiet, type Room, room, sae } from '../../fakes/delivery-room.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

/* Somebody puts a link in the place of the destination while a delivery is under way. */

const elsewhere = '/srv/erp/other'
const etag = {
  'content-type': 'text/csv',
  'content-disposition': 'attachment; filename="x.txt"',
  etag: '"v1"',
}
const zip = servedZip(zipBytes(['a.txt', 'b.txt'].map(name => ({ name, data: `${name}|1\n` }))))

/** A destination whose name leads elsewhere from the moment on at which `when` says so, until it is mended. */
function linked(when: (operation: string, path: string) => boolean) {
  let leads = folder
  const follow = (path: string) => (path.startsWith(`${folder}/`) ? leads + path.slice(folder.length) : path)
  const through = (files: Files): Files => {
    const seen = (operation: string, path: string) => {
      if (when(operation, path)) leads = elsewhere
      return follow(path)
    }
    return {
      ...files,
      real: async path => files.real(path === folder ? leads : path),
      look: async path => files.look(seen('look', path)),
      link: async (from, to) => files.link(from, seen('link', to)),
      rename: async (from, to) => files.rename(from, seen('rename', to)),
      syncFolder: async path => files.syncFolder(seen('syncFolder', path)),
    }
  }
  const mend = () => {
    leads = folder
    when = () => false
  }
  const lead = () => {
    leads = elsewhere
  }
  return { through, mend, lead }
}

const namesBelow = ({ files }: Room, path: string) =>
  [...files.below(path).keys()].filter(name => !name.includes('/.')).map(name => name.slice(path.length + 1))

async function goOn(it: Room) {
  const { nextAttemptAt } = await quiet(it)
  await it.clock.advance((nextAttemptAt ?? it.clock.now()) - it.clock.now())
  return quiet(it)
}

it('before a name was decided: it begins anew in the folder that the name leads to, and leaves nothing in the old one', async () => {
  const link = linked(() => false)
  const it = await room([{ ...served(sae, etag), cutAfter: 100, ranges: true }], { through: link.through })
  it.files.folder(elsewhere)
  await it.service.request(id, asked)
  expect(await quiet(it)).toMatchObject({ state: 'waiting', staging: { real: folder } })
  link.lead()
  expect((await goOn(it)).state).toBe('delivered')
  expect(namesBelow(it, elsewhere)).toEqual(['x.txt'])
  expect(namesBelow(it, folder)).toEqual([])
  expect([...it.files.below('/srv').keys()]).toEqual([`${elsewhere}/x.txt`])
})

it('after the files, before the marker: no marker is put elsewhere, and it waits until the folder is back', async () => {
  const link = linked((operation, path) => operation === 'syncFolder' && path === folder)
  const it = await room([zip], { through: link.through, destination: { marker: 'ready' } })
  it.files.folder(elsewhere)
  await it.service.request(id, asked)
  const waits = await quiet(it)
  expect(waits).toMatchObject({
    state: 'destination-unreachable',
    error: { code: 'folder-missing', facts: { folder } },
  })
  expect(namesBelow(it, elsewhere)).toEqual([])
  expect(namesBelow(it, folder)).toEqual(['a.txt', 'b.txt'])
  // It stays so at the next start, too.
  await it.runner.stopAndDrain()
  const next = { ...it, ...deliveriesRoom(it) }
  await next.runner.recover()
  expect(await quiet(next)).toMatchObject({ state: 'destination-unreachable' })
  link.mend()
  expect((await goOn(next)).state).toBe('delivered')
  expect(namesBelow(it, folder)).toEqual(['a.txt', 'b.txt', 'ready'])
  expect(namesBelow(it, elsewhere)).toEqual([])
})

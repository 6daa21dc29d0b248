import { mkdtempSync, rmSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'

const wanted = 3e9
const kept = Buffer.alloc(4096)
/** Together with what is kept no whole megabyte. */
const givenBack = Buffer.alloc(508 * 1024)

/**
 * Has memory at hand that costs nobody more than memory does. A virtual machine gives free memory back to its host, in
 * blocks of a megabyte or more, and gets each page of it again for a fault: a file was seen to be written at 0.1 GB/s
 * instead of 4, by whoever happened to come some seconds after the memory was freed. So one page in every half
 * megabyte is kept in use. The rest is free for both sides, and in no block that is worth giving back.
 * Returns what ends it. Elsewhere than on Linux it does nothing.
 */
export function keepMemoryWarm(say: (line: string) => void): () => void {
  const memory = '/dev/shm'
  if (process.platform !== 'linux' || freemem() < 2 * wanted || !hasRoom(memory)) return () => {}
  say('Taking memory into use once (up to a minute)')
  const folder = mkdtempSync(join(memory, 'extract-desk-bench-'))
  const givenBackAt: string[] = []
  for (let at = 0; at * (kept.length + givenBack.length) < wanted; at += 1) {
    writeFileSync(join(folder, `kept-${at}`), kept)
    const path = join(folder, `given-back-${at}`)
    writeFileSync(path, givenBack)
    givenBackAt.push(path)
  }
  for (const path of givenBackAt) unlinkSync(path)
  return () => rmSync(folder, { recursive: true, force: true })
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > wanted
  } catch {
    return false
  }
}

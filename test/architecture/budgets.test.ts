import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { mainConfig } from '../../build/vite.main.mjs'
import { rendererConfig } from '../../build/vite.renderer.mjs'
import { bundled, eagerModules, firstPaintKilobytes } from './bundles.ts'
import { root, sourcesBelow } from './sources.ts'

const file = 'build/budgets.json'
const budgetsSchema = z.strictObject({
  longestFileLines: z.record(z.string(), z.number().int()),
  rendererFirstPaintKilobytes: z.number().int(),
  mainEagerModules: z.number().int(),
})
type Budgets = z.infer<typeof budgetsSchema>

const budgets = budgetsSchema.parse(JSON.parse(readFileSync(join(root, file), 'utf8')))

/** What nothing that is shipped may go beyond, whatever the file says. */
const ceilings = { lines: 400, kilobytes: 350 }

const folders = [
  'build',
  'main/adapters',
  'main/app',
  'main/cli',
  'main/core',
  'main/ipc',
  'main/practice',
  'main/worker',
  'preload',
  'renderer',
  'test',
]

describe('the budgets', () => {
  it.each(folders)('hold for the longest file of %s', folder => {
    const limit = budgets.longestFileLines[folder] ?? 0
    const longer = sourcesBelow(folder).filter(({ lines }) => lines > limit)
    expect(longer.map(({ path, lines }) => `${path}: ${lines} lines of ${limit}`)).toEqual([])
    if (folder !== 'test') expect(limit).toBeLessThanOrEqual(ceilings.lines)
  })

  it('hold for the boot order, which is read like a table of contents', () => {
    const index = sourcesBelow('main').find(({ path }) => path === 'main/index.ts')
    expect(index?.lines).toBeLessThanOrEqual(60)
  })

  it('hold for what the page loads before its first paint', async () => {
    const kilobytes = firstPaintKilobytes(await bundled(rendererConfig))
    expect(kilobytes).toBeLessThanOrEqual(budgets.rendererFirstPaintKilobytes)
    expect(budgets.rendererFirstPaintKilobytes).toBeLessThanOrEqual(ceilings.kilobytes)
  }, 60_000)

  it('hold for the modules that main loads before the window opens', async () => {
    expect(eagerModules(await bundled(mainConfig))).toBeLessThanOrEqual(budgets.mainEagerModules)
  }, 60_000)

  it('only ever tighten', () => {
    const history = [...versions(), budgets]
    const loosened = history.slice(1).flatMap((now, n) => looser(history[n] ?? now, now))
    expect(loosened).toEqual([])
  })

  it('would be seen to loosen', () => {
    const before = {
      longestFileLines: { a: 100, b: 100 },
      rendererFirstPaintKilobytes: 1,
      mainEagerModules: 1,
    }
    expect(looser(before, before)).toEqual([])
    expect(looser(before, { ...before, longestFileLines: { a: 101, b: 99 } })).toEqual(['longestFileLines.a'])
    expect(looser(before, { ...before, longestFileLines: { b: 99 } })).toEqual(['longestFileLines.a'])
    expect(looser(before, { ...before, mainEagerModules: 2 })).toEqual(['mainEagerModules'])
  })
})

/** The budgets that became larger or went away. */
function looser(before: Budgets, now: Budgets): readonly string[] {
  const [old, young] = [flat(before), flat(now)]
  return [...old].flatMap(([name, limit]) =>
    (young.get(name) ?? Number.POSITIVE_INFINITY) > limit ? [name] : [],
  )
}

function flat({ longestFileLines, ...others }: Budgets): ReadonlyMap<string, number> {
  const lines = Object.entries(longestFileLines).map(([folder, n]): [string, number] => [
    `longestFileLines.${folder}`,
    n,
  ])
  return new Map([...lines, ...Object.entries(others)])
}

/** What was committed, oldest first. A copy without its history has nothing to compare with. */
function versions(): readonly Budgets[] {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  let commits: readonly string[]
  try {
    commits = git('log', '--reverse', '--format=%H', '--', file).split('\n').filter(Boolean)
  } catch {
    return []
  }
  return commits.map(commit => budgetsSchema.parse(JSON.parse(git('show', `${commit}:${file}`))))
}

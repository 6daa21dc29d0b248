import { resolve } from 'node:path'
import { cli as text } from '../../preload/contract/text/cli.ts'
import type { Command } from './command.ts'
import { exits } from './exit-codes.ts'
import { CommandFailed, usage } from './failure.ts'

export const exportTo: Command = async (around, words) => {
  const file = resolve(around.terminal.folder, words.positionals.at(-1) ?? '')
  const { desk } = await around.open()
  const exported = await desk.settingsFiles.export()
  const written = await around.terminal.writeNew(file, `${JSON.stringify(exported, null, 2)}\n`)
  if (written !== 'written') {
    const code = written === 'there' ? 'conflict' : 'not-written'
    throw new CommandFailed({ code, ...text.notExported[written](file) }, exits.destination)
  }
  const counts = {
    connections: exported.connections.length,
    destinations: exported.definitions.filter(({ destination }) => destination !== null).length,
    schedules: exported.schedules.length,
  }
  return { json: { file, ...counts }, text: [text.results.exported(counts)], exit: exits.done }
}

export const importFrom: Command = async (around, words) => {
  const file = resolve(around.terminal.folder, words.positionals.at(-1) ?? '')
  const written = await around.terminal.read(file)
  if (written === null) throw usage(text.usage.fileNotRead(file))
  const value = parsed(written.replace(/^\ufeff/, ''))
  if (value === undefined) throw usage(text.usage.fileNotJson(file))
  const { desk } = await around.open()
  const imported = await desk.settingsFiles.import(value)
  const { connections, destinations, schedules } = imported
  const { results } = text
  return {
    json: imported,
    text: [
      ...(connections.added.length === 0 ? [] : [results.imported(results.importedAdded, connections.added)]),
      ...(connections.kept.length === 0 ? [] : [results.imported(results.importedKept, connections.kept)]),
      results.importedDestinations(destinations),
      ...(schedules.length === 0 ? [] : [results.imported(results.importedSchedules, schedules)]),
      ...(connections.added.length === 0 ? [] : [results.signInNeeded]),
    ],
    exit: exits.done,
  }
}

function parsed(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}

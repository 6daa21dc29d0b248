import { channels, type Domain } from '../../preload/contract/channels.ts'
import { schemas } from '../../preload/contract/schemas.ts'
import { AppError } from '../core/errors.ts'
import { app } from './app.ts'
import { checks } from './checks.ts'
import { connections } from './connections.ts'
import { definitions } from './definitions.ts'
import { deliveries } from './deliveries.ts'
import { doctor } from './doctor.ts'
import type { Handlers } from './handlers.ts'
import { history } from './history.ts'
import { inside } from './inside.ts'
import { jobs } from './jobs.ts'
import { practice } from './practice.ts'
import { receipts } from './receipts.ts'
import { schedules } from './schedules.ts'
import type { Services } from './services.ts'
import { settings } from './settings.ts'
import { support } from './support.ts'
import { updates } from './updates.ts'

/** Runs a call that passed the door: checks its arguments against their schema, then asks its handler. */
export type Router = (channel: string, args: readonly unknown[]) => Promise<unknown>

const handlers: { readonly [D in Domain]: Handlers<D> } = {
  connections,
  practice,
  definitions,
  jobs,
  doctor,
  support,
  deliveries,
  checks,
  receipts,
  inside,
  schedules,
  history,
  settings,
  updates,
  app,
}

type Schema = { safeParse(args: readonly unknown[]): SchemaResult }
type SchemaResult =
  | { readonly success: true; readonly data: readonly unknown[] }
  | {
      readonly success: false
      readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }
    }
type Run = (services: Services, ...args: readonly unknown[]) => Promise<unknown>
type Table<T> = Readonly<Record<string, Readonly<Record<string, T>>>>

/** The router over our own tables. */
export const createRouter = (services: Services): Router =>
  // The schemas are what makes the arguments right for the handlers; both are typed against `Calls` where they stand.
  routerOf(services, channels, schemas as Table<Schema>, handlers as unknown as Table<Run>)

/**
 * A router over tables. Throws where a channel has no schema or no handler, or one of them has no channel: the app
 * must not start half-wired. The compiler says the same; this also holds for what was cast past it.
 */
export function routerOf(
  services: Services,
  names: Readonly<Record<string, readonly string[]>>,
  schemaTable: Table<Schema>,
  handlerTable: Table<Run>,
): Router {
  const wanted = Object.entries(names).flatMap(([domain, calls]) => calls.map(call => `${domain}.${call}`))
  const checks = flat(schemaTable)
  const runs = flat(handlerTable)
  const known = new Set(wanted)
  const wrong = [
    ...wanted.filter(channel => !checks.has(channel) || !runs.has(channel)),
    ...[...checks.keys(), ...runs.keys()].filter(channel => !known.has(channel)),
  ]
  if (wrong.length > 0 || known.size < wanted.length) {
    throw new Error(
      `The table of channels and its handlers differ: ${wrong.join(', ') || 'a name stands twice'}`,
    )
  }
  return async (channel, args) => {
    const check = checks.get(channel)
    const run = runs.get(channel)
    if (check === undefined || run === undefined) throw new AppError('not-found', { facts: { channel } })
    const checked = check.safeParse(args)
    if (!checked.success) throw new AppError('bad-input', { facts: fieldOf(checked.error.issues) })
    return run(services, ...checked.data)
  }
}

function flat<T>(table: Table<T>): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(table).flatMap(([domain, calls]) =>
      Object.entries(calls).map(([call, entry]): [string, T] => [`${domain}.${call}`, entry]),
    ),
  )
}

/** The name of the first field that does not fit, without its value: it may be a secret. */
function fieldOf(
  issues: readonly { readonly path: readonly PropertyKey[] }[],
): Readonly<Record<string, string>> {
  const field = issues[0]?.path.findLast(part => typeof part === 'string')
  return field === undefined ? {} : { field }
}

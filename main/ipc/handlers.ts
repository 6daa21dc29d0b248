import type { Calls } from '../../preload/contract/bridge.ts'
import type { Domain } from '../../preload/contract/channels.ts'
import type { Services } from './services.ts'

/** A call as its handler sees it: what stands behind the door first, then the checked arguments. */
type Handler<F> = F extends (...args: infer A) => infer R ? (services: Services, ...args: A) => R : never

/** All handlers of a domain. They return the value or throw an AppError; making an envelope is the door's work. */
export type Handlers<D extends Domain> = { readonly [C in keyof Calls[D]]: Handler<Calls[D][C]> }

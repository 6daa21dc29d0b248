import type { Session, System, Target } from '../../main/core/systems/system.ts'
import type { Practice, RecordedRequest } from '../../main/practice/index.ts'
import type { NewConnection } from '../../preload/contract/types.ts'
import type { SystemName } from '../../preload/contract/words.ts'

/** What the suite has to be told about a system. */
export type Subject = {
  readonly name: SystemName
  /** What a person types for the practice server. */
  readonly connection: (
    practice: Practice,
  ) => Pick<NewConnection, 'system' | 'url' | 'auth' | 'secrets' | 'outputMaps'>
  /** The same secrets, of which one is wrong. */
  readonly wrong: (practice: Practice) => NewConnection['secrets']
  /** What can be run there: two different ones. */
  readonly targets: (
    session: Session,
    system: System,
    practice: Practice,
  ) => Promise<readonly [Target, Target]>
  /** How many runs were really started at the server. */
  readonly started: (practice: Practice) => number
  readonly isSignIn: (request: RecordedRequest) => boolean
  readonly isStart: (request: RecordedRequest) => boolean
  /** A key that a request file of this system does not have makes this field; null where it has no request files. */
  readonly unknownKey: { readonly request: unknown; readonly field: string } | null
  /** An address that a sign-in of this system must never lead to. */
  readonly foreign: string
}

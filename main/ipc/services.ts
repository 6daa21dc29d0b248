import type { Diagnosis } from '../../preload/contract/doctor.ts'
import type { ImportPlan } from '../../preload/contract/settings-file.ts'
import type { Snapshot } from '../../preload/contract/types.ts'
import type { Desk } from '../core/desk.ts'
import type { Native } from '../core/desktop/native.ts'
import type { InsideService } from '../core/inside/inside-service.ts'
import type { Practice } from '../core/practice/practice.ts'
import type { Updates } from '../core/updates/updates-service.ts'

/** What stands behind the door. */
export type Services = {
  readonly desk: Desk
  readonly snapshot: () => Promise<Snapshot>
  readonly practice: Pick<Practice, 'connect' | 'scenario' | 'choose'>
  readonly updates: Pick<Updates, 'check' | 'restart' | 'later'>
  readonly native: Native
  /** Loaded when somebody first looks into a file: most days nobody does. */
  readonly inside: () => Promise<InsideService>
  /** Tells the window how far an examination has come. */
  readonly tellDiagnosis: (diagnosis: Diagnosis) => void
  /** Folders that the user picked since the start of the app. */
  readonly picked: Set<string>
  /** The settings file that was chosen last, and what it would do. */
  readonly imports: { chosen: { readonly plan: ImportPlan; readonly value: unknown } | null }
  /** Who asks: the name of the operating system's account. */
  readonly account: string
  readonly logFolder: string
  readonly platform: NodeJS.Platform
  /** The window has drawn and listens. */
  readonly windowReady: () => void
  /** Whether something typed in the window would be lost with it. */
  readonly windowUnsaved: (there: boolean) => void
}

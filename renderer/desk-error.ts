import type { ErrorView } from '../preload/contract/errors.ts'

/** What any call may throw; `view` says what to show. */
export class DeskError extends Error {
  override readonly name = 'DeskError'
  readonly view: ErrorView

  constructor(view: ErrorView) {
    super(view.code)
    this.view = view
  }
}

/** The error to show for whatever was caught: anything but a DeskError is a fault of the window itself. */
export const viewOf = (error: unknown): ErrorView =>
  error instanceof DeskError ? error.view : { code: 'internal', facts: {} }

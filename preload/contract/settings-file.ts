/** What importing a settings file would do, by name, before anything is changed. */
export type ImportPlan = {
  /** The file's own name. */
  readonly file: string
  readonly connections: {
    readonly added: readonly string[]
    /** Those that are there already stay as they are. */
    readonly kept: readonly string[]
  }
  /** With the destination of each; `connection › definition`. */
  readonly definitions: { readonly added: readonly string[]; readonly replaced: readonly string[] }
  readonly schedules: { readonly added: readonly string[]; readonly replaced: readonly string[] }
  /** What this profile has and the file does not: it stays. */
  readonly left: { readonly connections: number; readonly definitions: number; readonly schedules: number }
}

/** What an import did, and the file that holds what was there before it; importing that one brings it back. */
export type ImportDone = ImportPlan & { readonly before: string }

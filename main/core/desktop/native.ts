/** What only the desktop itself can do for the window. */
export interface Native {
  /** The native folder picker; null where the user thought better of it. */
  chooseFolder(startIn: string | null): Promise<string | null>
  /**
   * Asks for a JSON file and reads it; null where the user thought better of it. Throws `too-large`, `bad-input` where it
   * is no JSON, `not-found` where it cannot be read.
   */
  readJson(): Promise<{ readonly path: string; readonly value: unknown } | null>
  /** Asks for a calendar file and reads it; null where the user thought better of it. Throws as readJson does. */
  readCalendar(): Promise<string | null>
  /**
   * Asks where to save a file, then makes its bytes and writes it, whole or not at all. The path; null where the user
   * thought better of it. Throws `not-written`.
   */
  saveFile(name: string, bytes: () => Promise<Uint8Array>): Promise<string | null>
  /** Asks where to save a workbook, and to say yes where one is there; null where the user thought better of it. */
  chooseCopy(name: string): Promise<string | null>
  showInFolder(path: string): void
  /** Throws `folder-missing`. */
  openFolder(path: string): Promise<void>
}

/** What only the desktop itself can do for the window. */
export interface Native {
  /** The native folder picker; null where the user thought better of it. */
  chooseFolder(startIn: string | null): Promise<string | null>
  showInFolder(path: string): void
  /** Throws `folder-missing`. */
  openFolder(path: string): Promise<void>
}

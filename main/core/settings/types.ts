/** Settings as they are stored: a name and a value that nobody has checked yet. */
export interface SettingsRepository {
  all(): Promise<Readonly<Record<string, unknown>>>
  /** Writes these and leaves the others. */
  save(values: Readonly<Record<string, unknown>>): Promise<void>
}

/** The support bundle: its parts are collected one by one, looked at, and only then saved. */
export const bundleParts = [
  'about',
  'settings',
  'connections',
  'policy',
  'doctor',
  'answers',
  'jobs',
  'deliveries',
  'due-times',
  'journal',
  'logs',
] as const
export type BundlePartKind = (typeof bundleParts)[number]

/** One part as it will stand in the archive. */
export type BundlePart = {
  readonly kind: BundlePartKind
  /** Its name in the archive. */
  readonly name: string
  readonly bytes: number
  /** Lines of text. */
  readonly lines: number
}

/** A piece of a part's text; `next`: where the following one begins, null at its end. */
export type BundleText = { readonly text: string; readonly next: number | null }

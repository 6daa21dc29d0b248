/**
 * Facts about a system, and what proves that we live with each: a test that has the fact's id in its title,
 * `[concur:1.7.3] …`. A fact that no passed test names fails the run, unless it says why it is not built.
 */
export type Fact = {
  /** Unique within its list; tests name it `[list:id]`. */
  readonly id: string
  readonly text: string
  readonly notBuilt?: string
}
export type FactSection = { readonly title: string; readonly facts: readonly Fact[] }
export type FactList = {
  /** What tests call it, and its file in docs: `facts-<name>.md`. */
  readonly name: string
  readonly title: string
  readonly about: string
  readonly sections: readonly FactSection[]
}

export type PassedTest = { readonly file: string; readonly title: string }

/** Fact id → the files of the passed tests that name it, in order. */
export type Evidence = ReadonlyMap<string, readonly string[]>

export function evidenceFor(list: FactList, passed: readonly PassedTest[]): Evidence {
  const evidence = new Map<string, Set<string>>()
  for (const { file, title } of passed) {
    for (const id of idsIn(list, title)) evidence.set(id, (evidence.get(id) ?? new Set()).add(file))
  }
  return new Map([...evidence].map(([id, files]) => [id, [...files].sort()]))
}

function idsIn({ name }: FactList, title: string): string[] {
  return [...title.matchAll(/\[(\w+):([\w.-]+)\]/g)].flatMap(([, list, id]) =>
    list === name && id ? [id] : [],
  )
}

/** What keeps the table from being true; empty where nothing does. */
export function problemsOf(list: FactList, evidence: Evidence): readonly string[] {
  const facts = list.sections.flatMap(section => section.facts)
  const known = new Set(facts.map(({ id }) => id))
  const twice = facts.filter(({ id }, index) => facts.findIndex(other => other.id === id) !== index)
  return [
    ...twice.map(({ id }) => `${id} stands there twice`),
    ...facts
      .filter(({ id, notBuilt }) => !notBuilt && !evidence.has(id))
      .map(({ id }) => `${id} has no test that passed`),
    ...facts
      .filter(({ id, notBuilt }) => notBuilt && evidence.has(id))
      .map(({ id }) => `${id} is not built, and yet tested`),
    ...[...evidence.keys()]
      .filter(id => !known.has(id))
      .map(id => `${id} is named by a test, and is no fact`),
  ]
}

/** The page in docs. */
export function pageOf(list: FactList, evidence: Evidence): string {
  const sections = list.sections.flatMap(({ title, facts }) => [
    `## ${title}`,
    '',
    '| id | fact | proved in |',
    '| --- | --- | --- |',
    ...facts.map(({ id, text, notBuilt }) => {
      const proof = notBuilt ? `not built: ${notBuilt}` : (evidence.get(id) ?? []).map(link).join('<br>')
      return `| ${id} | ${cell(text)} | ${notBuilt ? cell(proof) : proof} |`
    }),
    '',
  ])
  return [`# ${list.title}`, '', list.about, '', ...sections].join('\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|')
const link = (file: string) => `[${file.replace(/^test\//, '')}](../${file})`

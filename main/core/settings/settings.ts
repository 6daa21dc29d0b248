import { z } from 'zod'
import type { Settings } from '../../../preload/contract/types.ts'
import { parseTemplate } from '../deliveries/template.ts'

export const defaultSettings: Settings = {
  theme: 'system',
  density: 'normal',
  notifications: 'all',
  closeToTray: true,
  startAtLogin: false,
  questionMarkKey: true,
  defaultFolder: null,
  defaultName: '{original}{ext}',
  keepAnswersDays: 30,
  keepLogsDays: 90,
  keepReplacedDays: 0,
  keepRefusedDays: 0,
  againHours: 12,
  archiveFactor: 1,
  paused: false,
  pauseOnMetered: false,
  proxy: { mode: 'system' },
}

/** Without a name and a password in it: settings are no place for a secret. */
const scriptAddress = z
  .url({ protocol: /^(?:https?|file)$/ })
  .max(2048)
  .refine(url => !/^[^/]*\/\/[^/?#]*@/.test(url))
const proxyServer = z.string().regex(/^(?:[a-z][a-z0-9]*:\/\/)?[^\s:/@]+:\d{1,5}$/i)

/** Whether a destination could have it as its name. */
function isTemplate(text: string): boolean {
  try {
    parseTemplate(text)
    return true
  } catch {
    return false
  }
}

const keptDays = z.number().int().min(0).max(3650)

/** One schema a setting, so that one unreadable value does not take the others with it. */
const schemas: { readonly [K in keyof Settings]: z.ZodType<Settings[K]> } = {
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['normal', 'compact']),
  notifications: z.enum(['off', 'problems', 'all']),
  closeToTray: z.boolean(),
  startAtLogin: z.boolean(),
  questionMarkKey: z.boolean(),
  defaultFolder: z.string().min(1).max(4096).nullable(),
  defaultName: z.string().min(1).max(500).refine(isTemplate),
  keepAnswersDays: keptDays,
  keepLogsDays: keptDays,
  keepReplacedDays: keptDays,
  keepRefusedDays: keptDays,
  againHours: z
    .number()
    .min(0)
    .max(24 * 366),
  archiveFactor: z.number().int().min(1).max(100),
  paused: z.boolean(),
  pauseOnMetered: z.boolean(),
  proxy: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('system') }),
    z.strictObject({ mode: z.literal('direct') }),
    z.strictObject({ mode: z.literal('pac'), url: scriptAddress }),
    z.strictObject({ mode: z.literal('fixed'), server: proxyServer, bypass: z.string().max(4096) }),
  ]),
}

const names = Object.keys(schemas) as readonly (keyof Settings)[]

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(schemas, name)

/** The settings that these stored values make; `unreadable` names those that were replaced by their default. */
export function readSettings(stored: Readonly<Record<string, unknown>>): {
  readonly settings: Settings
  readonly unreadable: readonly string[]
} {
  const unreadable: string[] = []
  const read = names.map(name => {
    if (!Object.hasOwn(stored, name)) return [name, defaultSettings[name]]
    const value = schemas[name].safeParse(stored[name])
    if (value.success) return [name, value.data]
    unreadable.push(name)
    return [name, defaultSettings[name]]
  })
  return { settings: Object.fromEntries(read) as Settings, unreadable }
}

/** The first name in a patch that is no setting or whose value cannot be one; null where all are well. */
export function wrongSetting(patch: Readonly<Record<string, unknown>>): string | null {
  const wrong = Object.entries(patch).find(
    ([name, value]) => !isSetting(name) || !schemas[name].safeParse(value).success,
  )
  return wrong?.[0] ?? null
}

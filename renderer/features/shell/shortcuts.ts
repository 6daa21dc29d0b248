import { useEffect } from 'react'
import { ask, closePanel, goBack, goTo, usePlace } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { useUndo } from '../../stores/undo.ts'
import { isBack, isCommand, isTyping } from '../../ui/keys.ts'

type Shortcut = {
  readonly hears: (event: KeyboardEvent) => boolean
  readonly act: () => void
  /** It works within a text field and under an open dialog too. */
  readonly always?: true
}

/** A file that is looked into lies over page and panel, and has a search of its own. */
const nothingInside = (): boolean => usePlace.getState().inside === null
const nothingAsked = (): boolean => usePlace.getState().question === null

/** The keys of screens are the application menu's (main/app/menu.ts); these are the window's own. */
const shortcuts: readonly Shortcut[] = [
  { hears: event => isCommand(event, 'k'), act: () => ask({ kind: 'palette' }), always: true },
  { hears: event => event.key === 'F1', act: () => ask({ kind: 'shortcuts' }), always: true },
  {
    hears: event => event.key === '?' && useSettings.getState().settings.questionMarkKey,
    act: () => ask({ kind: 'shortcuts' }),
  },
  { hears: event => isCommand(event, 'f') && nothingInside(), act: searchHistory },
  { hears: isBack, act: goBack },
  { hears: event => isCommand(event, 'z') && useUndo.getState().offered !== null, act: pressUndo },
  { hears: event => event.key === 'F6', act: nextRegion, always: true },
]

function searchHistory(): void {
  const field = document.querySelector<HTMLElement>('.search input')
  if (field) field.focus()
  else goTo({ screen: 'history' })
}

/** The button itself is pressed, so that what becomes of it is shown where it stands. */
function pressUndo(): void {
  document.querySelector<HTMLElement>('[data-undo]')?.click()
}

/** From the rail to the page, its panel, what can be undone, and round again. */
function nextRegion(): void {
  const all = [...document.querySelectorAll<HTMLElement>('.rail, .page, .panel, .undo-note')]
  const regions = all.filter(region => region.checkVisibility())
  const here = regions.findIndex(region => region.contains(document.activeElement))
  const next = regions[(here + 1) % regions.length]
  next?.querySelector<HTMLElement>('[aria-current], h1, h2, button')?.focus()
}

/** Hears the window's shortcuts as long as it is there. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const found = shortcuts.find(({ hears }) => hears(event))
      if (!found || (!found.always && (isTyping(event.target) || !nothingAsked()))) return
      event.preventDefault()
      found.act()
    }
    const onEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && nothingAsked() && nothingInside()) closePanel()
    }
    // On the way down: a search field keeps every key that is pressed in it from those above.
    document.addEventListener('keydown', onKey, true)
    // On the way up: whoever has a use for Esc, as an open menu has, takes it first.
    document.addEventListener('keydown', onEscape)
    return () => {
      document.removeEventListener('keydown', onKey, true)
      document.removeEventListener('keydown', onEscape)
    }
  }, [])
}

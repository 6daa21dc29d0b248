import { useEffect } from 'react'
import { usePlace } from '../stores/place.ts'

const change = (how: (forms: Set<symbol>) => void): void =>
  usePlace.setState(({ unsaved }) => {
    const forms = new Set(unsaved)
    how(forms)
    return { unsaved: forms }
  })

/** While `typed`, leaving the page is asked about first: what was typed into this form would be lost. */
export function useUnsaved(typed: boolean): void {
  useEffect(() => {
    if (!typed) return undefined
    const form = Symbol('form')
    change(forms => forms.add(form))
    return () => change(forms => forms.delete(form))
  }, [typed])
}

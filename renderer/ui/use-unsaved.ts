import { useEffect, useState } from 'react'
import { usePlace } from '../stores/place.ts'

const change = (how: (forms: Set<symbol>) => void): void =>
  usePlace.setState(({ unsaved }) => {
    const forms = new Set(unsaved)
    how(forms)
    return { unsaved: forms }
  })

/**
 * While `typed`, leaving the page is asked about first: what was typed into this form would be lost. A form that only
 * lies under a file that is looked into is still typed into.
 */
export function useUnsaved(typed: boolean): void {
  const [form] = useState(() => Symbol('form'))
  useEffect(() => {
    if (!typed) return undefined
    change(forms => forms.add(form))
    return () => {
      if (usePlace.getState().inside === null) change(forms => forms.delete(form))
    }
  }, [typed, form])
}

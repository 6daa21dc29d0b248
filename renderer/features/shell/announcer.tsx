import { type ReactElement, useEffect, useState } from 'react'
import { useActivity } from '../../stores/activity.ts'
import { useUndo } from '../../stores/undo.ts'
import { words } from '../../text.ts'
import { command } from '../../ui/keys.ts'
import { announcements } from './announcements.ts'

/** Tells screen readers what happened, wherever the user is: a job that moved, a delivery, something that needs them. */
export function Announcer(): ReactElement {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const offActivity = useActivity.subscribe((after, before) => {
      const news = announcements(before, after)
      if (news.length > 0) setSaid(news.join('. '))
    })
    // The note itself stands at the window's end: how it is reached is said with it.
    const offUndo = useUndo.subscribe(({ offered }) => {
      if (offered) setSaid(words.keyboard.undo.offered(offered.said, command('Z')))
    })
    return () => {
      offActivity()
      offUndo()
    }
  }, [])
  return (
    <div className="unseen" role="status" aria-live="polite">
      {said}
    </div>
  )
}

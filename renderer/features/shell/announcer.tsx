import { type ReactElement, useEffect, useState } from 'react'
import { useActivity } from '../../stores/activity.ts'
import { announcements } from './announcements.ts'

/** Tells screen readers what happened, wherever the user is: a job that moved, a delivery, something that needs them. */
export function Announcer(): ReactElement {
  const [said, setSaid] = useState('')
  useEffect(
    () =>
      useActivity.subscribe((after, before) => {
        const news = announcements(before, after)
        if (news.length > 0) setSaid(news.join('. '))
      }),
    [],
  )
  return (
    <div className="unseen" role="status" aria-live="polite">
      {said}
    </div>
  )
}

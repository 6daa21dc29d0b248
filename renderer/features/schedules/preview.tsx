import type { ReactElement } from 'react'
import type { Timetable } from '../../../preload/contract/schedules.ts'
import { desk } from '../../bridge.ts'
import { fullTime, localZone } from '../../format/time.ts'
import { schedule as sentences, words } from '../../text.ts'
import { useAnswer } from '../../ui/use-answer.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { ZoneTime } from './zone-time.tsx'

const text = words.schedules.form
/** Typing a time need not ask with every key. */
const settledMs = 250

/** The schedule as a sentence, and when it would run. Null: something is still missing. */
export function Preview({ timetable }: { readonly timetable: Timetable | null }): ReactElement {
  const settled = useSettled(timetable === null ? '' : JSON.stringify(timetable), settledMs)
  return (
    <section className="dry-run" aria-label={text.preview}>
      {timetable === null ? null : <p>{sentences.sentence(timetable)}</p>}
      {settled === '' ? null : <NextTimes asked={settled} />}
    </section>
  )
}

function NextTimes({ asked }: { readonly asked: string }): ReactElement | null {
  const timetable: Timetable = JSON.parse(asked)
  const { value, error } = useAnswer(asked, () => desk.schedules.preview(timetable), true)
  if (error) {
    const wrong = timetable.recurrence.kind === 'cron' ? text.expressionWrong : text.previewNone
    return <p className="field-problem">{wrong}</p>
  }
  if (value === null) return null
  return (
    <div role="status">
      <p className="secondary">{value.length === 0 ? text.previewNone : text.preview}</p>
      <ol className="dry-run-paths">
        {value.map(at => (
          <li key={at}>
            {timetable.zone === localZone() ? (
              <ZoneTime at={at} zone={timetable.zone} />
            ) : (
              <span>{fullTime(at, timetable.zone)}</span>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

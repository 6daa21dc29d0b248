import { type ReactElement, useState } from 'react'
import { desk } from '../../bridge.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Checkbox, TextArea } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { type Draft, holidayLines, maySkip, readHolidayLines } from './draft.ts'

const text = words.schedules.form

type HolidaysFieldProps = { readonly draft: Draft; readonly onChange: (patch: Partial<Draft>) => void }

/** Days off, read from a calendar or written down, and whether anything is due on them. */
export function HolidaysField({ draft, onChange }: HolidaysFieldProps): ReactElement {
  const { holidays } = draft
  const [lines, setLines] = useState<string | null>(null)
  const read = useAction(async () => {
    const found = await desk.schedules.chooseHolidays()
    if (found === null) return
    setLines(null)
    onChange({ holidays: found })
  })
  const typed = lines === null ? null : readHolidayLines(lines)
  const first = holidays[0]?.date ?? ''
  const last = holidays.at(-1)?.date ?? ''
  const type = (value: string) => {
    setLines(value)
    const days = readHolidayLines(value)
    if ('length' in days) onChange({ holidays: days })
  }
  return (
    <div className="field">
      <span className="field-label">{text.holidays}</span>
      <p className="field-what">{text.holidaysWhat}</p>
      <div className="folder-line">
        <span className={holidays.length === 0 ? 'secondary' : ''} data-testid="holidays">
          {holidays.length === 0 ? text.noHolidays : text.holidayCount(holidays.length, first, last)}
        </span>
        <Button isPending={read.busy} onPress={() => read.run()}>
          {text.readCalendar}
        </Button>
        <Button look="quiet" onPress={() => setLines(lines === null ? holidayLines(holidays) : null)}>
          {lines === null ? text.editHolidays : text.hideHolidays}
        </Button>
        {holidays.length === 0 ? null : (
          <Button
            look="quiet"
            onPress={() => {
              setLines(null)
              onChange({ holidays: [], skipHolidays: false })
            }}
          >
            {text.clearHolidays}
          </Button>
        )}
      </div>
      {read.error ? <ErrorNote error={read.error} live /> : null}
      {lines === null ? null : (
        <TextArea
          label={text.holidayList}
          what={text.holidayExample}
          value={lines}
          onChange={type}
          problem={typed !== null && 'wrong' in typed ? typed.wrong : null}
          rows={8}
        />
      )}
      {holidays.length > 0 ? <p className="field-what">{text.holidaysEnd(last)}</p> : null}
      {holidays.length > 0 && maySkip(draft.kind) ? (
        <Checkbox checked={draft.skipHolidays} onChange={skipHolidays => onChange({ skipHolidays })}>
          {text.skipHolidays}
        </Checkbox>
      ) : null}
    </div>
  )
}

const written = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

/** `Tue 24 Nov 14:00`, where the reader is. */
export const moment = (at: number): string => written.format(at).replaceAll(',', '')

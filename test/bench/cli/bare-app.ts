import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const program = `import { app } from 'electron'
await Promise.resolve()
app.whenReady().then(() => {
  process.stdout.write('ready\\n', () => app.exit(0))
})
`

/** An app that says when it is ready, and nothing else: what the runtime itself takes to start. */
export function stageBareApp(folder: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    '{"name":"bare","version":"1.0.0","type":"module","main":"index.js"}',
  )
  writeFileSync(join(folder, 'index.js'), program)
  return folder
}

// What Electron's own default app does with a folder on the command line, and nothing more of it.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const folder = process.argv.slice(1).find(word => !word.startsWith('-'))
if (folder === undefined) {
  process.stderr.write('Name the folder of an app.\n')
  process.exit(1)
}

const root = resolve(folder)
const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
app.setVersion(description.version)
app.setName(description.productName ?? description.name)
app.setAppPath(root)
await import(pathToFileURL(join(root, description.main)).href)

/** An Electron app that prints the cases into the folder it is given, and ends. Bundled and started by printing.test.ts. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'
import { pdfPrinter } from '../../../main/adapters/pdf-printer.ts'
import { cases } from './cases.ts'

app.on('window-all-closed', () => {})
void app
  .whenReady()
  .then(async () => {
    await pdfPrinter.open(async print => {
      for (const [name, html] of Object.entries(cases))
        writeFileSync(join(process.env.INTO ?? '', `${name}.pdf`), await print(html))
    })
    process.stdout.write(`{"windows":${BrowserWindow.getAllWindows().length}}\n`, () => app.exit(0))
  })
  .catch(error => process.stderr.write(`${error}\n`, () => app.exit(1)))

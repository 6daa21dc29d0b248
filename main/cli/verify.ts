import type { FileFinding } from '../../preload/contract/receipts.ts'
import { cli as text } from '../../preload/contract/text/cli.ts'
import type { Desk } from '../core/desk.ts'
import { AppError, errorView, isAppError } from '../core/errors.ts'
import { receiptId } from '../core/ids.ts'
import type { Command } from './command.ts'
import { exits } from './exit-codes.ts'
import { type Failure, failureOf, missing } from './failure.ts'
import type { Warning } from './results.ts'

type Finding = { readonly receipt: string | null; readonly path: string | null; readonly kind: string }

/** What was looked at so far. */
type Checked = {
  receipts: number
  files: number
  readonly findings: Finding[]
  /** Files on a share that is away: nothing can be said of them. */
  readonly unreachable: string[]
  readonly unproven: Set<string>
}

export const verify: Command = async (around, words) => {
  const wanted = words.positionals.slice(1)
  const { desk } = await around.open()
  const checked: Checked = { receipts: 0, files: 0, findings: [], unreachable: [], unproven: new Set() }
  if (wanted.length === 0) await checkAll(desk, checked, around.interrupted)
  else for (const id of wanted) await checkOne(desk, checked, id)
  const { receipts, files, findings, unreachable } = checked
  const failure = failureIn(checked)
  const warnings: readonly Warning[] = [...checked.unproven].map(why => ({
    code: why,
    message: text.results.unproven[why] ?? why,
  }))
  return {
    json: {
      ...(failure ? { error: failure } : {}),
      receipts,
      files,
      findings,
      ...(unreachable.length === 0 ? {} : { unreachable }),
      ...(warnings.length === 0 ? {} : { warnings }),
    },
    text: [
      text.results.verified(receipts, files),
      ...(failure ? [] : [text.results.nothingFound]),
      ...findings.map(({ kind, receipt, path }) => text.results.finding(kind, receipt, path)),
      ...unreachable.map(text.results.unreachableFile),
      ...warnings.map(({ message }) => text.results.warning(message)),
    ],
    exit: findings.length > 0 ? exits.content : unreachable.length > 0 ? exits.destination : exits.done,
    ...(failure ? { failure } : {}),
  }
}

async function checkAll(desk: Desk, checked: Checked, signal: AbortSignal): Promise<void> {
  try {
    for await (const step of desk.receipts.verifyAll(signal)) {
      if (step.step === 'chain') {
        for (const { kind, receiptId: receipt } of step.chain.findings) {
          checked.findings.push({ receipt, path: null, kind })
        }
        const { vouched } = step.chain.proof
        const why = typeof vouched === 'string' ? vouched : 'written-without-key'
        const unproven = typeof vouched === 'string' || vouched.unproven.length > 0
        if (unproven && step.chain.receipts > 0) checked.unproven.add(why)
      } else {
        checked.receipts += 1
        addFiles(checked, step.receiptId, step.files)
      }
    }
  } catch (error) {
    throw signal.aborted ? new AppError('cancelled') : error
  }
}

async function checkOne(desk: Desk, checked: Checked, wanted: string): Promise<void> {
  const view = await desk.receipts.verify(receiptId(wanted)).catch((error: unknown) => {
    if (!isAppError(error, 'not-found')) throw error
    throw missing(text.missing.receipt(wanted), text.missing.listHistory)
  })
  checked.receipts += 1
  if (view.chain !== 'ok' && view.chain !== 'ok-unproven') {
    checked.findings.push({ receipt: view.receiptId, path: null, kind: view.chain })
  }
  if (view.unproven !== null) checked.unproven.add(view.unproven)
  addFiles(checked, view.receiptId, view.files)
}

function addFiles(checked: Checked, receipt: string, files: readonly FileFinding[]): void {
  checked.files += files.length
  for (const { path, found } of files) {
    if (found === 'unreachable') checked.unreachable.push(path)
    else if (found !== 'there') checked.findings.push({ receipt, path, kind: found })
  }
}

function failureIn({ findings, unreachable }: Checked): Failure | null {
  if (findings.length > 0) return text.found(findings.length)
  if (unreachable.length === 0) return null
  return failureOf(errorView(new AppError('folder-unreachable')))
}

import { AppError } from '../../main/core/errors.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../main/core/ports.ts'

export type Scripted = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Cuts the body after it, instead of ending it. */
  readonly cut?: boolean
}

export type ScriptedHttp = Http & { readonly requests: readonly HttpRequest[] }

/** The port Http without a network: answers what the test says, records what was asked, and fails on an unexpected call. */
export function scriptedHttp(
  answer: (request: HttpRequest, nth: number) => Scripted | AppError,
): ScriptedHttp {
  const requests: HttpRequest[] = []
  return {
    requests,
    async send(request) {
      requests.push(request)
      const scripted = answer(request, requests.length)
      if (scripted instanceof AppError) throw scripted
      return answerOf(scripted)
    },
  }
}

/** Answers in the order given; a call too many is an error of the test. */
export function answersInTurn(...answers: readonly (Scripted | AppError)[]): ScriptedHttp {
  return scriptedHttp((request, nth) => {
    const next = answers[nth - 1]
    if (!next) throw new Error(`Unexpected request ${nth}: ${request.method} ${request.url}`)
    return next
  })
}

export function answerOf({ status = 200, headers = {}, body = '', cut = false }: Scripted): HttpAnswer {
  async function* parts() {
    yield new TextEncoder().encode(body)
    if (cut) throw new AppError('connection-cut', { facts: { sent: true } })
  }
  return { status, headers, body: { [Symbol.asyncIterator]: parts } }
}

/** The port Http as a list of cases: every implementation of it passes all of them. */
import { bodyCases } from './cases-body.ts'
import { exchangeCases } from './cases-exchange.ts'
import { failureCases } from './cases-failure.ts'

export const httpCases = [...exchangeCases, ...bodyCases, ...failureCases]

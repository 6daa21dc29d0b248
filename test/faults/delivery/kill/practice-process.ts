/**
 * The practice system in a process of its own: what it has is there still when the app was killed. It prints where it
 * is and how to sign in, and ends with its standard input.
 */
import { startPractice } from '../../../../main/practice/index.ts'

const practice = await startPractice({
  scenario: 'very-large',
  largeBytes: Number(process.argv[2]),
  speed: 1000,
})
const { url, signIn } = practice.concur
process.stdout.write(`${JSON.stringify({ url, secrets: signIn['refresh-token'] })}\n`)
process.stdin.resume().on('end', () => process.exit(0))

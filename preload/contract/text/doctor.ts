/** What the network doctor says. Apart from the window's words: its panel is loaded when it is first opened. */
export * as doctor from './en/doctor.ts'

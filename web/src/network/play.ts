// A simulation's report, played: which transmissions are on their way at a moment, what waits, and the journey of one message.
import { slicesOf, type Slice } from '../queues/depths'
import type { Report, Transmission } from '../switch/types'
import type { Stack } from './scene'

export interface Moving { transmission: Transmission; done: number } // 0 to 1 of its way

export const at = (transmission: Transmission): number => transmission.atSeconds ?? 0
/** The end of a transmission; of one that the run did not see the end of, and in reports of an older version, a guess. */
export const until = (transmission: Transmission): number => Math.max(at(transmission) + 0.05, transmission.untilSeconds ?? at(transmission) + 1)
const since = (transmission: Transmission): number => Math.min(at(transmission), transmission.waitsSinceSeconds ?? at(transmission))

export const end = (report: Report): number =>
  (report.transmissions ?? []).reduce((last, each) => Math.max(last, until(each)), 1)

const stretches = 2000

/** Those that wait or are on their way, by time: a moment looks at a few of many thousand. */
export class Timetable {
  private readonly length: number
  private readonly in: Transmission[][] = Array.from({ length: stretches + 1 }, () => [])

  constructor(report: Report) {
    this.length = end(report) / stretches
    for (const each of report.transmissions ?? [])
      for (let i = this.index(since(each)); i <= this.index(until(each)); ++i) this.in[i]!.push(each)
  }

  private index(time: number): number {
    return Math.min(stretches, Math.max(0, Math.floor(time / this.length)))
  }

  moving(now: number): Moving[] {
    return this.in[this.index(now)]!.flatMap((transmission) => {
      const done = (now - at(transmission)) / (until(transmission) - at(transmission))
      return done >= 0 && done < 1 ? [{ transmission, done }] : []
    })
  }

  /** What the relays have and have not sent yet, by circuit and end. */
  waiting(now: number): Stack[] {
    const counts = new Map<string, { line: string; from: string; of: Record<string, number> }>()
    for (const each of this.in[this.index(now)]!) {
      if (each.service || since(each) > now || at(each) <= now) continue
      const stack = counts.get(each.channel) ?? { line: each.circuit, from: each.from, of: {} }
      counts.set(each.channel, stack)
      const precedence = precedenceOf(each)
      stack.of[precedence] = (stack.of[precedence] ?? 0) + 1
    }
    return [...counts.values()].map(({ line, from, of }) => ({ line, from, slices: slicesOf(of) as Slice[] }))
  }
}

export const messages = (report: Report): string[] =>
  [...new Set((report.transmissions ?? []).flatMap((each) => (each.message ? [each.message] : [])))]

export interface HeadingLine { text: string; changed: boolean }
export interface Hop { transmission: Transmission; lines: HeadingLine[] }

/** The lines of a heading, those marked that were not in the one before. */
export const marked = (heading: string, before: string | undefined): HeadingLine[] => {
  const known = before?.split('\n')
  return heading.split('\n').map((text) => ({ text, changed: known !== undefined && !known.includes(text) }))
}

/** Every transmission of a message, with the lines of its heading that differ from those it came in with there. */
export const journey = (report: Report, identity: string): Hop[] => {
  const hops = (report.transmissions ?? []).filter((each) => each.message === identity)
  return hops.map((transmission, index) => ({
    transmission, lines: marked(transmission.heading, hops.slice(0, index).findLast((each) => each.to === transmission.from)?.heading),
  }))
}

/** None where it is no report. */
export const readReport = (text: string): Report | undefined => {
  try {
    const report = JSON.parse(text) as Report
    return Array.isArray(report.transmissions) && Array.isArray(report.circuits) ? report : undefined
  } catch {
    return undefined
  }
}

/** The precedence of a transmission, from FL2's first letter. */
export const precedenceOf = (transmission: Transmission): string => {
  const letter = /^([YZOPR])\1 /m.exec(transmission.heading)?.[1]
  return { Y: 'EMERGENCY', Z: 'FLASH', O: 'IMMEDIATE', P: 'PRIORITY', R: 'ROUTINE' }[letter ?? 'R']!
}

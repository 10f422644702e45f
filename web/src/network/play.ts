// A simulation's report, played: which transmissions are on their way at a moment, and the journey of one message.
import type { Report, Transmission } from '../switch/types'

export interface Moving { transmission: Transmission; done: number } // 0 to 1 of its way

export const at = (transmission: Transmission): number => transmission.atSeconds ?? 0

/** How long a transmission of a channel takes, in seconds. The report tells it of each channel as a whole only. */
export const durations = (report: Report): Map<string, number> =>
  new Map((report.circuits ?? []).map((load) => {
    const sent = (load.messages ?? 0) + (load.serviceMessages ?? 0)
    return [load.channel, sent ? Math.max(0.2, (load.busySeconds ?? 0) / sent) : 1]
  }))

export const moving = (report: Report, long: Map<string, number>, now: number): Moving[] =>
  (report.transmissions ?? []).flatMap((transmission) => {
    const done = (now - at(transmission)) / (long.get(transmission.channel) ?? 1)
    return done >= 0 && done < 1 ? [{ transmission, done }] : []
  })

export const end = (report: Report): number => {
  const long = durations(report)
  return Math.max(1, ...(report.transmissions ?? []).map((each) => at(each) + (long.get(each.channel) ?? 1)))
}

export const messages = (report: Report): string[] =>
  [...new Set((report.transmissions ?? []).flatMap((each) => (each.message ? [each.message] : [])))]

export interface Hop { transmission: Transmission; lines: { text: string; changed: boolean }[] }

/** Every transmission of a message, with the lines of its heading that differ from those it came in with there. */
export const journey = (report: Report, identity: string): Hop[] => {
  const hops = (report.transmissions ?? []).filter((each) => each.message === identity)
  return hops.map((transmission, index) => {
    const before = hops.slice(0, index).findLast((each) => each.to === transmission.from)?.heading.split('\n')
    return {
      transmission,
      lines: transmission.heading.split('\n').map((text) => ({ text, changed: before !== undefined && !before.includes(text) })),
    }
  })
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

// A simulation's report, played: which transmissions are on their way at a moment, and the journey of one message.
import type { Report, Transmission } from '../switch/types'

export interface Moving { transmission: Transmission; done: number } // 0 to 1 of its way

export const at = (transmission: Transmission): number => transmission.atSeconds ?? 0

/**
 * How long every transmission takes, in seconds. The report tells how busy a channel was in all: what that makes on the
 * average, and never longer than until the next one begins there.
 */
export const durations = (report: Report): Map<Transmission, number> => {
  const average = new Map((report.circuits ?? []).map((load) => {
    const sent = (load.messages ?? 0) + (load.serviceMessages ?? 0)
    return [load.channel, sent ? Math.max(0.2, (load.busySeconds ?? 0) / sent) : 1]
  }))
  const next = new Map<string, number>() // of a channel
  const out = new Map<Transmission, number>()
  for (const each of [...(report.transmissions ?? [])].reverse()) {
    out.set(each, Math.min(average.get(each.channel) ?? 1, (next.get(each.channel) ?? Infinity) - at(each)))
    next.set(each.channel, at(each))
  }
  return out
}

/** Whether it was broken off for a higher one: its message began again on the channel, to the same stations. */
export const brokenOff = (report: Report, one: Transmission): boolean => {
  const second = (each: Transmission) => each.heading.split('\n').slice(1).join()
  return (report.transmissions ?? []).some((each) => each.channel === one.channel && at(each) > at(one) &&
    each.message !== undefined && each.message === one.message && second(each) === second(one))
}

export const moving = (report: Report, long: Map<Transmission, number>, now: number): Moving[] =>
  (report.transmissions ?? []).flatMap((transmission) => {
    const done = (now - at(transmission)) / (long.get(transmission) ?? 1)
    return done >= 0 && done < 1 ? [{ transmission, done }] : []
  })

export const end = (report: Report): number => {
  const long = durations(report)
  return Math.max(1, ...(report.transmissions ?? []).map((each) => at(each) + (long.get(each) ?? 1)))
}

export const messages = (report: Report): string[] =>
  [...new Set((report.transmissions ?? []).flatMap((each) => (each.message ? [each.message] : [])))]

export interface Hop { transmission: Transmission; broken: boolean; lines: { text: string; changed: boolean }[] }

/** Every transmission of a message, with the lines of its heading that differ from those it came in with there. */
export const journey = (report: Report, identity: string): Hop[] => {
  const hops = (report.transmissions ?? []).filter((each) => each.message === identity)
  return hops.map((transmission, index) => {
    const before = hops.slice(0, index).findLast((each) => each.to === transmission.from)?.heading.split('\n')
    return {
      transmission,
      broken: brokenOff(report, transmission),
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

// What has been made, from one telling to the next.
import type { TrafficState } from '../switch/types'

export interface Sample { at: number; accepted: number; refused: number; copies: number; delivered: number } // `at` in ms

const sum = (state: TrafficState, of: 'made' | 'delivered'): number => (state.copies ?? []).reduce((all, each) => all + (each[of] ?? 0), 0)

export const copiesOf = (state: TrafficState): { made: number; delivered: number } =>
  ({ made: sum(state, 'made'), delivered: sum(state, 'delivered') })

export const sampleOf = (state: TrafficState, at: number): Sample => {
  const { made, delivered } = copiesOf(state)
  return { at, accepted: state.accepted ?? 0, refused: state.refused ?? 0, copies: made, delivered }
}

export type Figure = Exclude<keyof Sample, 'at'>
export interface Rate { at: number; value: number } // a second

const wholeSecond = 0.95 // what is told each second is told a little late or early

/** How many a second between each two samples. What came within part of a second is counted with the rest of it. */
export const ratesOf = (samples: Sample[], figure: Figure): Rate[] => {
  let before = samples[0]
  return samples.slice(1).flatMap((sample) => {
    const seconds = (sample.at - before!.at) / 1000
    if (seconds < wholeSecond) return []
    const value = Math.max(0, (sample[figure] - before![figure]) / seconds)
    before = sample
    return [{ at: sample.at, value }]
  })
}

/** Why messages were refused that broke no rule. */
export const whyRefused = (reason = ''): string => ({
  REASON_MALFORMED: 'was no message that can be read', REASON_INVALID: 'names no originator that can be read', REASON_UNROUTABLE: 'has no route',
  REASON_TOO_LARGE: 'was too large', REASON_FULL: 'the switch was full', REASON_STORE: 'could not be stored', REASON_CLOSING: 'the switch was closing',
})[reason] ?? 'the switch gave no reason that this page knows'

/** A number on the axis that holds so much: 1, 2, 5, 10, 20 … */
export const roundUp = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)))
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= most - 1e-9)!
}

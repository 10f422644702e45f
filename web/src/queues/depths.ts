// What waits in a queue, by kind and precedence.
import type { Depth } from '../switch/types'
import { precedences } from '../text/words'

export interface Slice { precedence: string; waiting: number; handedOut: number }

/** The highest precedence first; those that hold nothing are left out. */
export const slices = (depths: Depth[] | undefined, kind?: string): Slice[] =>
  precedences.flatMap((name) => {
    const those = (depths ?? []).filter((depth) => (depth.precedence ?? 'PRECEDENCE_ROUTINE') === name && (!kind || depth.kind === kind))
    const sum = (of: 'waiting' | 'handedOut') => those.reduce((all, depth) => all + Number(depth[of] ?? 0), 0)
    const slice = { precedence: name, waiting: sum('waiting'), handedOut: sum('handedOut') }
    return slice.waiting + slice.handedOut ? [slice] : []
  })

export const total = (depths: Depth[] | undefined, kind?: string): number =>
  slices(depths, kind).reduce((sum, slice) => sum + slice.waiting + slice.handedOut, 0)

/** What has not left yet: of a circuit, without what was sent and is not confirmed. */
export const waitingOf = (slices: Slice[]): Slice[] =>
  slices.filter((slice) => slice.waiting).map((slice) => ({ ...slice, handedOut: 0 }))

/** { FLASH: 2 } → slices, the highest precedence first. */
export const slicesOf = (counts: Record<string, number>): Slice[] =>
  precedences.flatMap((name) => {
    const waiting = counts[name.replace('PRECEDENCE_', '').split('_')[0]!] ?? 0
    return waiting ? [{ precedence: name, waiting, handedOut: 0 }] : []
  })

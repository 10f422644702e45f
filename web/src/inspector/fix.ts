// Mends: edits in bytes of the text that was inspected.
import { ByteMap } from '../text/bytes'
import type { Fix, Span } from '../switch/types'

export interface Range { from: number; to: number }

export const range = (span: Span, map: ByteMap): Range => {
  const begin = Number(span.offset ?? 0)
  return { from: map.toUnit(begin), to: map.toUnit(begin + Number(span.length ?? 0)) }
}

/** The changes in units of UTF-16, in order. */
export const changes = (fix: Fix, map: ByteMap) =>
  fix.edits
    .map((edit) => ({ ...range(edit.span, map), insert: edit.replacement ?? '' }))
    .sort((one, other) => one.from - other.from)

export const apply = (text: string, fix: Fix): string => {
  let out = ''
  let at = 0
  for (const change of changes(fix, new ByteMap(text))) {
    out += text.slice(at, change.from) + change.insert
    at = change.to
  }
  return out + text.slice(at)
}

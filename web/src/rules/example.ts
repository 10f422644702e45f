// An example of a rule is some lines of a heading. By themselves they may lack what the rule looks at: then they are put
// into a whole message, in place of its own lines of that kind.
import { inspect } from '../switch/client'
import { headingOf, seed } from '../text/samples'

const kinds: [number, RegExp][] = [
  [1, /^V?ZCZC/], [3, /^DE /], [4, /^ZN[YR]\b/], [5, /^[YZOPR]( [YZOPR])? \d{6}Z/], [6, /^FM\b/], [7, /^TO\b/], [8, /^INFO\b/], [9, /^XMT\b/],
]
const follows = (line: number) => (line === 1 ? 2 : line)

/** The format line that each line belongs to; a line without a mark of its own goes on with the one before. */
export const formatLines = (lines: string[], first = 1): number[] => {
  let now = first
  return lines.map((line) => {
    const marked = kinds.find(([, pattern]) => pattern.test(line))
    if (marked) return (now = marked[0])
    if (/^(UNCLAS|C O N F|S E C R E T|T O P)/.test(line)) return (now = 12)
    return (now = follows(now))
  })
}

/** The example's lines in a whole message. `line` is the format line of the rule. */
export const inWhole = (example: string, line: number): string => {
  const frame = headingOf(seed).split('\n')
  const places = formatLines(frame)
  const lines = example.split('\n')
  const own = formatLines(lines, line)
  const replaced = new Set(own)
  const before = frame.filter((_, at) => places[at]! < own[0]! && !replaced.has(places[at]!))
  const after = frame.filter((_, at) => places[at]! > own.at(-1)! && !replaced.has(places[at]!))
  return [...before, ...lines, ...after].join('\n')
}

/** A message in which the rule does what its page says: is broken by the bad example, silent for the good one. */
export const runnable = async (example: string, rule: string, bad: boolean): Promise<string> => {
  const line = Number(/^FL(\d+)/.exec(rule)?.[1] ?? 1)
  const tries = [example, inWhole(example, line)]
  for (const text of bad ? tries : tries.reverse()) {
    const found = (await inspect(text)).diagnostics ?? []
    if (found.some((diagnostic) => diagnostic.rule === rule) === bad) return text
  }
  return tries[0]!
}

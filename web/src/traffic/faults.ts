// What is to be broken on purpose, as it is typed.
import type { RuleSummary, TrafficChoices } from '../switch/types'

type Damages = NonNullable<TrafficChoices['damages']>

export interface Fault { name: string; what: string }

export const faultsOf = (damages: Damages, rules: RuleSummary[]): Fault[] => [
  ...damages.map(({ name, shape }) => ({ name, what: shape })), ...rules.map(({ id, name }) => ({ name: id, what: name.replaceAll('-', ' ') })),
]

/** The name of a word as the switch has it; nothing where the word names nothing. */
const named = (word: string, damages: Damages, rules: RuleSummary[]): string | undefined => {
  const alike = (other: string) => other.toLowerCase() === word.toLowerCase()
  const spoken = (other: string) => alike(other) || alike(other.replaceAll('-', ' '))
  return [
    ['all'].find(alike), damages.find(({ name, shape }) => alike(name) || shape === word)?.name, rules.find(({ id, name }) => alike(id) || spoken(name))?.id,
    rules.map(({ id }) => id.replace(/-[^-]*$/, '')).find(alike), // a family: FL2
  ].find((name) => name !== undefined)
}

/** The names in what is typed, between commas, and the words that name nothing. Where the switch has not told its choices, it knows. */
export const faultsIn = (typed: string, damages: Damages, rules: RuleSummary[]): { names: string[]; unknown: string[] } => {
  const whole = typed.trim()
  const words = named(whole, damages, rules) ? [whole] : whole.split(',').map((word) => word.trim()).filter((word) => word)
  const told = damages.length > 0 && rules.length > 0
  return {
    names: [...new Set(words.flatMap((word) => named(word, damages, rules) ?? (told ? [] : [word])))],
    unknown: told ? words.filter((word) => !named(word, damages, rules)) : [],
  }
}

// The lessons of the desk, in the order of their files' numbers, and those of a lecturer behind them.
import { lessons as ask } from '../switch/client'
import type { Name } from '../network/scenarios'
import type { Task } from './tasks'

export type Part = { kind: 'html'; html: string } | { kind: 'heading'; text: string } | { kind: 'journey'; name: Name } | ({ kind: 'task' } & Task)
export interface Lesson { name: string; title: string; parts: Part[] }

const files = import.meta.glob<{ default: Omit<Lesson, 'name'> }>('./*.md', { eager: true })

/** "./03-action-and-info.md" → "action-and-info" */
export const lessons: Lesson[] = Object.entries(files)
  .sort(([one], [other]) => one.localeCompare(other))
  .map(([path, file]) => ({ name: path.replace(/^\.\/\d+-|\.md$/g, ''), ...file.default }))

/** One of the same name takes the place of the desk's own; the others come behind. */
export const joined = (own: Lesson[], others: Lesson[]): Lesson[] => {
  const by = new Map(others.map((lesson) => [lesson.name, lesson]))
  return [...own.map((lesson) => by.get(lesson.name) ?? lesson), ...others.filter(({ name }) => !own.some((lesson) => lesson.name === name))]
}

/** Those of torntape serve --lessons. Markdown is understood only where there are any. */
export const lecturers = async (): Promise<Lesson[]> => {
  const told = (await ask()).lessons ?? []
  if (!told.length) return []
  const { lesson } = await import('../../lessons.js')
  return told.map(({ name, text }) => ({ name, ...(lesson(text) as Omit<Lesson, 'name'>) }))
}

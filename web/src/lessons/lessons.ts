// In the order of their files' numbers.
import type { Task } from './tasks'

export type Part = { kind: 'html'; html: string } | { kind: 'heading'; text: string } | { kind: 'journey'; name: 'astana' | 'flash' } | ({ kind: 'task' } & Task)
export interface Lesson { name: string; title: string; parts: Part[] }

const files = import.meta.glob<{ default: Omit<Lesson, 'name'> }>('./*.md', { eager: true })

/** "./03-action-and-info.md" → "action-and-info" */
export const lessons: Lesson[] = Object.entries(files)
  .sort(([one], [other]) => one.localeCompare(other))
  .map(([path, file]) => ({ name: path.replace(/^\.\/\d+-|\.md$/g, ''), ...file.default }))

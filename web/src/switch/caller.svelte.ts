// Who the switch takes this page for, and what it may: so that a button says why not before it is pressed.
import { caller } from './client'
import { fits } from './pattern'
import type { Caller } from './types'

export type Verb = 'file' | 'look' | 'collect' | 'operate'

// Until the switch has told, the page may everything: what it may not, the switch refuses.
export const known = $state({ guarded: false, name: '', may: [] as string[], queues: [] as string[] })

const take = (told: Caller) => {
  known.guarded = told.guarded ?? false
  known.name = told.name ?? ''
  known.may = told.may ?? []
  known.queues = told.queues ?? []
}
/** Asks the switch. */
export const learn = async () => { try { take(await caller()) } catch { take({}) } }

const deeds: Record<Verb, string> = {
  file: 'file messages', look: 'look into queues', collect: 'collect copies', operate: 'close or open circuits, and send on what was intercepted',
}

const because = (what: string) => `The token of “${known.name}” does not allow it to ${what}.`

/** Why the page may not; empty where it may. */
export const whyNot = (verb: Verb, queue?: string): string => {
  if (!known.guarded) return ''
  if (!known.may.includes(verb)) return because(deeds[verb])
  if (queue !== undefined && !known.queues.some((pattern) => fits(pattern, queue))) return because(`${deeds[verb]} of ${queue}`)
  return ''
}

/** Likewise, of what tells of all queues at once: `what` it is. */
export const whyNotAll = (verb: Verb, what: string): string =>
  !known.guarded || (known.may.includes(verb) && known.queues.includes('*')) ? '' : because(what)

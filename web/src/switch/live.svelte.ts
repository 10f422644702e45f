// What the switch tells as it happens. One stream for the whole page; what it told last is never shown as present without
// saying since when it is silent.
import { authorization, refused } from './access.svelte'
import { Refused, queues as readQueues } from './client'
import { follow } from './stream'
import type { Circuit, Queue } from './types'

export interface Told { number: number; event: string; at: Date; data: Record<string, unknown> }

export const live = $state({
  // limited: the token may not listen; what it may see is read again and again
  state: 'connecting' as 'connecting' | 'live' | 'limited' | 'lost' | 'locked',
  lostAt: '',
  queues: {} as Record<string, Queue>,
  circuits: {} as Record<string, Circuit>,
  told: [] as Told[], // the newest first
})

const kept = 60
let number = 0
const listeners = new Set<(told: Told) => void>()

/** Calls for each event, until the function that comes back is called. */
export const listen = (listener: (told: Told) => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const take = (told: { queues?: Queue[]; circuits?: Circuit[] }) => {
  for (const queue of told.queues ?? []) live.queues[queue.name] = queue
  for (const circuit of told.circuits ?? []) live.circuits[circuit.name] = circuit
}

/** All anew, in place of what was known. */
export const refresh = async () => {
  const told = await readQueues()
  live.queues = {}
  live.circuits = {}
  take(told)
}

const tell = (event: string, text: string) => {
  const data = JSON.parse(text) as Record<string, unknown>
  if (event === 'depths') return take(data)
  // Missed: what was not told may be anything.
  if (event === 'missed') void refresh().catch(() => undefined)
  if (event === 'circuit') {
    const { name, up } = data as { name: string; up?: boolean }
    if (live.circuits[name]) live.circuits[name].up = up ?? false
  }
  const told: Told = { number: ++number, event, at: new Date(), data }
  live.told = [told, ...live.told].slice(0, kept)
  for (const listener of listeners) listener(told)
}

const silence = 40_000 // ms; then the stream is given up, and begun anew
const pause = 1000
export const readEvery = 3000 // ms, where the token may not listen
let last = '' // event heard
let again = 0

const lost = (state: 'lost' | 'locked') => {
  if (live.state !== 'lost') live.lostAt = new Date().toLocaleTimeString('en-GB')
  live.state = state
  clearTimeout(again)
  // Without its token the page waits for one.
  if (state === 'lost') again = window.setTimeout(connect, pause)
}

// What it may see of the queues; nothing, where it may not look at all.
const readAgain = async (): Promise<void> => {
  clearTimeout(again)
  try {
    await refresh()
  } catch (error) {
    if (!(error instanceof Refused) || error.status === 0) return lost('lost')
    if (error.status === 401) return lost('locked')
  }
  live.state = 'limited'
  again = window.setTimeout(readAgain, readEvery)
}

/** Listens; from then on again and again. */
export const connect = async (): Promise<void> => {
  clearTimeout(again)
  const stop = new AbortController()
  try {
    const response = await fetch('/api/v1/events', {
      headers: { Accept: 'text/event-stream', ...authorization(), ...(last ? { 'Last-Event-ID': last } : {}) }, cache: 'no-store', signal: stop.signal,
    })
    if (response.status === 401) { refused(); return lost('locked') }
    if (response.status === 403) return readAgain()
    if (!response.ok || !response.body) return lost('lost')
    live.state = 'live'
    // A switch that came back may be another one.
    void refresh().catch(() => undefined)
    await follow(response, silence, stop, ({ event, data, id }) => { last = id || last; tell(event, data) })
  } catch { /* told by the state */ }
  lost('lost')
}
void connect()

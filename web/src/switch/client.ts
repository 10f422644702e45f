// What the desk asks of the HTTP port, each with the shape of its answer.
import { authorization, refused } from './access.svelte'
import type { Caller, Copy, Diagnostic, Inspection, Lesson, Message, MessageAnswer, Network, Queue, Circuit, RulePage, RuleSummary, Submitted, TrafficChoices, TrafficRequest, TrafficState } from './types'

export class Refused extends Error {
  constructor(readonly status: number, detail: string, readonly diagnostics: Diagnostic[] = []) {
    super(detail)
  }
}

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch('/api/v1/' + path, { ...init, headers: { ...init.headers, ...authorization() }, cache: 'no-store' })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new Refused(0, 'the switch does not answer')
  }
  if (response.status === 204) return undefined as T
  if (response.status === 401) throw new Refused(401, refused())
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw new Refused(response.status, body.detail ?? response.statusText, body.diagnostics)
  return body as T
}

const post = (body?: string, type = 'text/plain', signal?: AbortSignal): RequestInit =>
  ({ method: 'POST', body, signal, headers: body === undefined ? {} : { 'Content-Type': type } })
const segment = encodeURIComponent

export const inspect = (text: string, signal?: AbortSignal) => ask<Inspection>('inspect', post(text, 'text/plain', signal))
export const file = (text: string) => ask<Submitted>('messages', post(text))
export const queues = () => ask<{ queues?: Queue[]; circuits?: Circuit[] }>('queues')
export const peek = (queue: string) => ask<{ copies?: Copy[] }>(`queues/${segment(queue)}?max=50`)
export const collect = (queue: string, max = 1) =>
  ask<{ copies?: Copy[] }>(`queues/${segment(queue)}/collect`, post(JSON.stringify({ max, lease: '60s' }), 'application/json'))
export const acknowledge = (copy: string) => ask<void>(`copies/${segment(copy)}/acknowledge`, post())
export const release = (copy: string) => ask<void>(`copies/${segment(copy)}/release`, post())
export const reroute = (copy: string, to: string) =>
  ask<void>(`copies/${segment(copy)}/reroute`, to ? post(JSON.stringify({ routingIndicator: to }), 'application/json') : post())
export const search = (terms: Record<string, string>) =>
  ask<{ messages?: Message[]; next?: string }>('messages?' + new URLSearchParams(Object.entries(terms).filter(([, value]) => value)))
export const message = (id: string) => ask<MessageAnswer>(`messages/${segment(id)}`)
export const rules = () => ask<{ rules?: RuleSummary[] }>('rules')
export const rule = (id: string) => ask<RulePage>(`rules/${segment(id)}`)
export const lessons = () => ask<{ lessons?: Lesson[] }>('lessons')
export const network = () => ask<Network>('network')
export const setCircuit = (name: string, open: boolean) => ask<void>(`circuits/${segment(name)}/${open ? 'open' : 'close'}`, post())

export const caller = () => ask<Caller>('caller')
export const traffic = () => ask<TrafficState>('traffic')
export const trafficChoices = () => ask<TrafficChoices>('traffic/choices')
export const startTraffic = (request: TrafficRequest) => ask<TrafficState>('traffic', post(JSON.stringify(request), 'application/json'))
export const stopTraffic = () => ask<TrafficState>('traffic', { method: 'DELETE' })

/** The bytes of a message as text. */
export const textOf = (message: Message): string =>
  new TextDecoder().decode(Uint8Array.from(atob(message.text ?? ''), (c) => c.charCodeAt(0)))

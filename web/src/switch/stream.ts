// Server-sent events over fetch, which unlike EventSource can carry a token.

export interface Sent { event: string; data: string; id: string }

/** Takes the text of a stream piece by piece, and gives every event that has its end. */
export class Events {
  private rest = ''
  private event: Sent = { event: 'message', data: '', id: '' }

  take(piece: string): Sent[] {
    const out: Sent[] = []
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        if (this.event.data) out.push({ ...this.event, data: this.event.data.slice(0, -1) })
        this.event = { event: 'message', data: '', id: this.event.id }
        continue
      }
      const colon = line.indexOf(':')
      const [field, value] = colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
      if (field === 'event') this.event.event = value
      else if (field === 'data') this.event.data += value + '\n'
      else if (field === 'id') this.event.id = value
    }
    return out
  }
}

/** Reads until the stream ends, fails, or says nothing for so long (the switch breathes every 15 s). */
export const follow = async (response: Response, silence: number, stop: AbortController, tell: (event: Sent) => void): Promise<void> => {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const events = new Events()
  for (;;) {
    const alarm = setTimeout(() => stop.abort(), silence)
    const { value, done } = await reader.read().finally(() => clearTimeout(alarm))
    if (done) return
    for (const event of events.take(value)) tell(event)
  }
}

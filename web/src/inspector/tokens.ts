// What a token is about, which gives its colour.
export type Group = 'station' | 'name' | 'precedence' | 'number' | 'time' | 'mark' | 'security' | 'signal' | 'quiet'

const groups: [RegExp, Group][] = [
  [/^(text|text-before-start|subject|rest-of-line|matter-|not-a-message|label|section-label)/, 'quiet'],
  [/precedence/, 'precedence'],
  [/^(date-time-group|time-of-file|filing-time|day-of-)/, 'time'],
  [/^(prosign-|slant|serial-mark|start-of-|end-of-|validation-mark|separator|other-means)/, 'mark'],
  [/^(security-|special-handling|classification|caption)/, 'security'],
  [/signal|message-instruction|accounting|transmit-to/, 'signal'],
  [/number|section|count|identification|channel|tag/, 'number'],
  [/address|originator/, 'name'],
  [/routing-indicator|station/, 'station'],
]

export const group = (name: string): Group => groups.find(([pattern]) => pattern.test(name))?.[1] ?? 'quiet'

/** "channel-sequence-number" → "channel sequence number" */
export const title = (name: string): string => name.replaceAll('-', ' ')

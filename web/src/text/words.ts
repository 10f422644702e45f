// The schema's words as people write them.

export const precedences = [
  'PRECEDENCE_EMERGENCY_COMMAND', 'PRECEDENCE_FLASH', 'PRECEDENCE_IMMEDIATE', 'PRECEDENCE_PRIORITY', 'PRECEDENCE_ROUTINE',
] as const

/** "PRECEDENCE_FLASH" → "FLASH"; what is absent is ROUTINE. */
export const precedence = (name?: string): string => (name ?? 'PRECEDENCE_ROUTINE').replace('PRECEDENCE_', '').replace('_', ' ')

/** "KIND_ACTION" → "action" */
export const plain = (name?: string): string => (name ?? '').replace(/^[A-Z]+_(?:STATE_)?/, '').replaceAll('_', ' ').toLowerCase()

export const count = (number: number, one: string, many = one + 's'): string => `${number} ${number === 1 ? one : many}`

/** "3 min" since then. */
export const age = (then: string | undefined, now: number): string => {
  if (!then) return ''
  const seconds = Math.max(0, Math.floor((now - Date.parse(then)) / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
  return `${Math.floor(seconds / 86400)} d`
}

// The switch counts bytes of UTF-8, the editor counts units of UTF-16.

const width = (text: string, at: number): number => {
  const unit = text.charCodeAt(at)
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  const pair = unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
  // The first of a pair takes the four bytes; one that stands alone is sent as U+FFFD, which takes three.
  return pair ? 4 : 3
}

export class ByteMap {
  #starts: Uint32Array | undefined // the byte at which each unit begins; none where all are of one byte
  #units: number

  constructor(text: string) {
    this.#units = text.length
    if (!/[^\x00-\x7f]/.test(text)) return
    const starts = new Uint32Array(text.length + 1)
    let byte = 0
    for (let at = 0; at < text.length; ++at) {
      starts[at] = byte
      const bytes = width(text, at)
      byte += bytes
      if (bytes === 4) starts[++at] = byte
    }
    starts[text.length] = byte
    this.#starts = starts
  }

  toByte(unit: number): number {
    const at = Math.min(Math.max(unit, 0), this.#units)
    return this.#starts ? this.#starts[at]! : at
  }

  /** The unit in which the byte lies; beyond the end, the end. */
  toUnit(byte: number): number {
    if (!this.#starts) return Math.min(Math.max(byte, 0), this.#units)
    let low = 0
    let high = this.#units
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= byte) low = middle
      else high = middle - 1
    }
    return low
  }
}

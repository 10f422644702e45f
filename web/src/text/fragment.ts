// A message in the fragment of an address: it goes with the link and is never sent to a server.

const pack = async (bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(through)).arrayBuffer())

const toBase64Url = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))

export const encode = async (message: string): Promise<string> =>
  toBase64Url(await pack(new TextEncoder().encode(message), new CompressionStream('deflate')))

/** None where it is no such fragment: a link may be cut short. */
export const decode = async (fragment: string): Promise<string | undefined> => {
  try {
    return new TextDecoder().decode(await pack(fromBase64Url(fragment), new DecompressionStream('deflate')))
  } catch {
    return undefined
  }
}

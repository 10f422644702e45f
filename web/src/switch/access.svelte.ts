// The token that the switch may ask for. It is kept for this tab and until it is closed, and goes to this switch only.
const place = 'torntape-token'
// A browser may keep nothing; then the token lasts as long as the page.
const kept = (): Storage | undefined => { try { return sessionStorage } catch { return undefined } }

export const access = $state({
  wanted: false, // the switch has answered 401
  held: kept()?.getItem(place) ?? '',
  generation: 0, // counts the tokens: with another one all is read anew
})

export const authorization = (): Record<string, string> => (access.held ? { Authorization: `Bearer ${access.held}` } : {})

export const useToken = (token: string) => {
  access.held = token.trim()
  if (access.held) kept()?.setItem(place, access.held)
  else kept()?.removeItem(place)
  access.wanted = false
  access.generation += 1
}

/** In words, once the switch has answered 401. */
export const refused = (): string => {
  access.wanted = true
  return access.held ? 'the switch does not take this token: it is wrong, or has expired' : 'the switch asks for a token'
}

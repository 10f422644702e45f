import seed from '../../../fixtures/seed/09ASTANA1399.txt?raw'

export { seed }

/** A lost slant, a misspelt precedence, a routing line that contradicts the preamble. */
export const damage = (message: string): string =>
  message
    .replace(/^RUEHUL\/AMEMBASSY/m, 'RUEHULAMEMBASSY')
    .replace('TOKYO PRIORITY', 'TOKYO PRIOITY')
    .replace(/^PP RUEHBI/m, 'RR RUEHBI')

export const damaged = damage(seed)

/** The heading alone, from VZCZC to the classification. */
export const headingOf = (message: string): string => {
  const lines = message.slice(Math.max(0, message.indexOf('VZCZC'))).split('\n')
  const end = lines.findIndex((line) => /^(C O N F|U N C L A S|UNCLAS|S E C R E T)/.test(line))
  return lines.slice(0, end < 0 ? undefined : end + 1).join('\n')
}

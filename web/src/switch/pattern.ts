/** "RUEH*" and the like, as in a guard file: * is anything, ? one character. */
export const fits = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(name)

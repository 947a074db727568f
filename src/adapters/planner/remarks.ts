const MAX_NAMED = 12;

/** `a.ts, b.ts and 3 more` */
export function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

export const count = (many: number, one: string): string =>
  `${many} ${one}${many === 1 ? '' : 's'}`;

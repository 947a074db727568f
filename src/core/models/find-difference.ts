import type { Json } from '../types.ts';

/** The first place where two requests differ, and what stands there in each. */
export type Difference = { readonly at: string; readonly before: string; readonly now: string };

const BEFORE_CHARS = 12;
const SHOWN_CHARS = 48;

/** Null where they are the same. */
export function findDifference(before: Json | undefined, now: Json | undefined): Difference | null {
  return search(before, now, '');
}

function search(before: Json | undefined, now: Json | undefined, at: string): Difference | null {
  if (typeof before === 'string' && typeof now === 'string') return searchText(before, now, at);
  if (isGroup(before) && isGroup(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    for (const key of keys) {
      const place = Array.isArray(before) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
      const found = search(membersOf(before)[key], membersOf(now)[key], place);
      if (found !== null) return found;
    }
    return null;
  }
  return before === now ? null : { at, before: sayValue(before), now: sayValue(now) };
}

function searchText(before: string, now: string, at: string): Difference | null {
  if (before === now) return null;
  let from = 0;
  while (before[from] === now[from]) from += 1;
  const start = Math.max(0, from - BEFORE_CHARS);
  const show = (text: string): string => text.slice(start, start + SHOWN_CHARS);
  return { at, before: show(before), now: show(now) };
}

const sayValue = (value: Json | undefined): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, SHOWN_CHARS);

const isGroup = (value: Json | undefined): value is object & Json =>
  typeof value === 'object' && value !== null;

const membersOf = (value: object): Readonly<Record<string, Json | undefined>> =>
  value as Readonly<Record<string, Json | undefined>>;

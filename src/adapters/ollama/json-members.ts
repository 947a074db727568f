import type { Json } from '../../core/types.ts';

/** Reads of what a server said: nothing in it is taken for granted. */
export const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;

export const textIn = (value: Json | undefined, name: string): string => {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : '';
};

export const numberIn = (value: Json | undefined, name: string): number => {
  const found = memberOf(value, name);
  return typeof found === 'number' && Number.isFinite(found) ? found : 0;
};

export const textsIn = (value: Json | undefined, name: string): readonly string[] => {
  const found = memberOf(value, name);
  return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : [];
};

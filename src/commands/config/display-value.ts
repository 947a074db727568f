import type { Json } from '../../core/types.ts';

/** A setting's value as people write it; an empty text stays visible. */
export const displayValue = (value: Json): string =>
  typeof value === 'string' && value !== '' ? value : JSON.stringify(value);

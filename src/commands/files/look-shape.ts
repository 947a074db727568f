import type { ArgSpec, Block, Limits } from '../../core/types.ts';

/** A look at files is quick, or it is not worth its time. */
export const LOOK_LIMITS: Limits = { timeoutMs: 20_000, outputBytes: 2_000_000 };

const USUAL_BYTES = 48_000;

/** So many bytes are shown, by every looking command alike. */
export const BYTES_ARG = {
  kind: 'option',
  type: 'integer',
  min: 200,
  max: 1_000_000,
  valueName: 'N',
  summary: `So many bytes at most; ${USUAL_BYTES} unless said`,
} as const satisfies ArgSpec;

export const bytesOf = (given: number | undefined): number => given ?? USUAL_BYTES;

/** What was found, and a line about what is not shown of it. */
export function showLines(
  show: (block: Block) => void,
  lines: readonly string[],
  ...notes: readonly (string | null)[]
): void {
  if (lines.length > 0) show({ kind: 'code', text: lines.join('\n') });
  const text = notes.filter((note) => note !== null).join(' · ');
  if (text !== '') show({ kind: 'text', text, tone: 'dim' });
}

/** `1 more place`, `12 more places`; null where there are none. */
export const moreNote = (more: number, one: string): string | null =>
  more === 0 ? null : `${more} more ${more === 1 ? one : `${one}s`}`;

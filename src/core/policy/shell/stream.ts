/** What flows through a pipe or lies in a file, as far as it can be known. */
export type Stream =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** Names of files below these folders. */
  | { readonly kind: 'names'; readonly paths: readonly string[] }
  | { readonly kind: 'local' }
  /** Of this machine, but taken apart and put together by text tools. */
  | { readonly kind: 'altered' }
  | { readonly kind: 'secret' }
  | { readonly kind: 'decoded' }
  | { readonly kind: 'network' };

export const NONE: Stream = { kind: 'none' };

/** Longer outputs are not followed. */
const LONGEST_TEXT = 65_536;

const RANK = [
  'none',
  'text',
  'file',
  'names',
  'local',
  'altered',
  'secret',
  'decoded',
  'network',
] as const;

/** Two streams one after the other. Texts join; else the less trusted one stands for both. */
export function joinStreams(a: Stream, b: Stream): Stream {
  if (a.kind === 'none') return b;
  if (b.kind === 'none') return a;
  if (a.kind === 'text' && b.kind === 'text') {
    const text = a.text + b.text;
    return text.length > LONGEST_TEXT ? { kind: 'local' } : { kind: 'text', text };
  }
  if (a.kind === 'names' && b.kind === 'names') {
    return { kind: 'names', paths: [...a.paths, ...b.paths] };
  }
  const worse = RANK.indexOf(a.kind) >= RANK.indexOf(b.kind) ? a : b;
  return RANK.indexOf(worse.kind) < RANK.indexOf('local') ? { kind: 'local' } : worse;
}

/** The language of a file, by its name, and the grammar that knows it. */

const GRAMMARS: Readonly<Record<string, readonly string[]>> = {
  bash: ['sh', 'bash'],
  'c-sharp': ['cs'],
  cpp: ['c', 'h', 'cpp', 'cc', 'cxx', 'hpp', 'hh', 'hxx'],
  css: ['css'],
  go: ['go'],
  java: ['java'],
  javascript: ['js', 'mjs', 'cjs', 'jsx'],
  php: ['php'],
  python: ['py', 'pyi'],
  ruby: ['rb'],
  rust: ['rs'],
  tsx: ['tsx'],
  typescript: ['ts', 'mts', 'cts'],
};

const BY_ENDING = new Map(
  Object.entries(GRAMMARS).flatMap(([grammar, endings]) =>
    endings.map((ending) => [ending, grammar] as const),
  ),
);

export type Language =
  /** One grammar may serve several dialects, each with other things that it does not know. */
  | { readonly kind: 'grammar'; readonly name: string; readonly dialect: string }
  | { readonly kind: 'json' }
  | { readonly kind: 'yaml' };

/** Undefined: nobody here can say whether such a file parses. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (ending === 'json') return { kind: 'json' };
  if (ending === 'yaml' || ending === 'yml') return { kind: 'yaml' };
  const grammar = BY_ENDING.get(ending);
  if (grammar === undefined) return undefined;
  return {
    kind: 'grammar',
    name: grammar,
    dialect: ending === 'c' || ending === 'h' ? 'c' : grammar,
  };
}

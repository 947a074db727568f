import {
  type Certainty,
  compilePattern,
  holdsPattern,
  matchesPath,
  type PathPattern,
  type SplitPath,
} from './pattern.ts';

/** Many patterns at once: those for one name anywhere cost one look-up together. */
export type PatternSet = {
  readonly matches: (path: SplitPath, certainty: Certainty) => boolean;
  /** Whether the path lies above something that is named. */
  readonly holds: (path: SplitPath) => boolean;
};

export function createPatternSet(
  texts: readonly string[],
  folders: Readonly<Record<string, string>>,
): PatternSet {
  const patterns = texts.map((text) => compilePattern(text, folders));
  const names = new Set<string>();
  const folderNames = new Set<string>();
  const others: PathPattern[] = [];
  for (const pattern of patterns) {
    const name = nameAnywhere(pattern);
    if (name === null) others.push(pattern);
    else (pattern.folded.length === 2 ? names : folderNames).add(name);
  }
  const fits = (path: SplitPath, list: readonly PathPattern[], certainty: Certainty): boolean =>
    list.some((pattern) => matchesPath(pattern, path, certainty));
  return {
    matches: (path, certainty) => {
      const isPlain = certainty !== 'must' && path.folded.every(({ isStatic }) => isStatic);
      if (!isPlain) return fits(path, patterns, certainty);
      const last = path.folded[path.folded.length - 1];
      if (last !== undefined && names.has(last.text)) return true;
      if (path.folded.some(({ text }) => folderNames.has(text))) return true;
      return fits(path, others, certainty);
    },
    holds: (path) => patterns.some((pattern) => holdsPattern(pattern, path)),
  };
}

/** `/**` and a plain name, with or without all that lies in it. */
function nameAnywhere({ folded }: PathPattern): string | null {
  const [first, second, third] = folded;
  if (first?.kind !== 'deep' || second?.kind !== 'plain' || folded.length > 3) return null;
  return third === undefined || third.kind === 'deep' ? second.text : null;
}

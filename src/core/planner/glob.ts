/**
 * Globs over relative paths: `*` and `?` within a name, `**` for any number of folders, `{a,b}`,
 * `[abc]`. Names that begin with a dot match like any other.
 */
export type PathGlob = (path: string) => boolean;

export const isGlob = (text: string): boolean => /[*?[{]/.test(text);

/** The folders before the first name with a wildcard. */
export function baseOfGlob(glob: string): string {
  const names = glob.split('/');
  const first = names.findIndex(isGlob);
  return names.slice(0, first < 0 ? names.length - 1 : Math.min(first, names.length - 1)).join('/');
}

/** Null where it holds more choices than anybody means, or a set that is never closed. */
export function compileGlob(glob: string): PathGlob | null {
  const choices = expandChoices(glob);
  if (choices === null) return null;
  const patterns: (readonly Segment[])[] = [];
  for (const choice of choices) {
    const segments = choice.split('/').map(compileSegment);
    if (segments.includes(null)) return null;
    patterns.push(segments as Segment[]);
  }
  return (path) => {
    const names = path.split('/');
    return patterns.some((segments) => matchSegments(segments, names));
  };
}

const MAX_CHOICES = 256;

/** `{a,b}/{c,d}` comes to four patterns. */
function expandChoices(glob: string): readonly string[] | null {
  let pending = [glob];
  for (;;) {
    const index = pending.findIndex((each) => BRACES.test(each));
    if (index < 0) return pending;
    const [whole, before, inner, after] = BRACES.exec(pending[index] as string) as unknown as [
      string,
      string,
      string,
      string,
    ];
    const choices = inner.split(',').map((choice) => before + choice + after);
    pending = [...pending.filter((each) => each !== whole), ...choices];
    if (pending.length > MAX_CHOICES) return null;
  }
}

const BRACES = /^([^{}]*)\{([^{}]*)\}(.*)$/s;

/** Null stands for `**`. */
type Segment = { readonly matches: ((name: string) => boolean) | null };

function compileSegment(text: string): Segment | null {
  if (text === '**') return { matches: null };
  const units = unitsOf(text);
  return units === null ? null : { matches: (name) => matchUnits(units, name) };
}

type Unit = 'star' | ((char: string) => boolean);

function unitsOf(text: string): readonly Unit[] | null {
  const units: Unit[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string;
    if (char === '*') units.push('star');
    else if (char === '?') units.push(() => true);
    else if (char === '[') {
      const end = text.indexOf(']', i + 2);
      if (end < 0) return null;
      units.push(compileSet(text.slice(i + 1, end)));
      i = end;
    } else units.push((given) => given === char);
  }
  return units;
}

function compileSet(text: string): (char: string) => boolean {
  const isNegated = /^[!^]/.test(text);
  const inner = isNegated ? text.slice(1) : text;
  return (char) => {
    let isIn = false;
    for (let i = 0; i < inner.length; i += 1) {
      const isRange = inner[i + 1] === '-' && i + 2 < inner.length;
      const last = isRange ? (inner[i + 2] as string) : (inner[i] as string);
      if (char >= (inner[i] as string) && char <= last) isIn = true;
      if (isRange) i += 2;
    }
    return isIn !== isNegated;
  };
}

/** On a mismatch only the last star gives way, so the time is at most pattern times name. */
function matchUnits(units: readonly Unit[], name: string): boolean {
  let u = 0;
  let n = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    const unit = units[u];
    if (unit === 'star') {
      star = u++;
      resume = n;
    } else if (unit?.(name[n] as string)) {
      u += 1;
      n += 1;
    } else if (star >= 0) {
      u = star + 1;
      n = ++resume;
    } else return false;
  }
  while (units[u] === 'star') u += 1;
  return u === units.length;
}

/** The same over names, with `**` for a star. */
function matchSegments(segments: readonly Segment[], names: readonly string[]): boolean {
  let s = 0;
  let n = 0;
  let deep = -1;
  let resume = 0;
  while (n < names.length) {
    const segment = segments[s];
    if (segment?.matches === null) {
      deep = s++;
      resume = n;
    } else if (segment?.matches?.(names[n] as string)) {
      s += 1;
      n += 1;
    } else if (deep >= 0) {
      s = deep + 1;
      n = ++resume;
    } else return false;
  }
  return s === segments.length;
}

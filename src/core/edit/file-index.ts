import { isBlank, isProsePath, looseForm } from './canonical.ts';
import { type IndentStyle, indentStyleOf } from './indent-style.ts';
import { splitText, type TextLines } from './text-lines.ts';

/** A file's lines, and where each of them stands; the loose half is made when it is needed. */
export type FileIndex = {
  readonly path: string;
  readonly file: TextLines;
  readonly exact: KeyIndex;
  readonly loose: () => LooseIndex;
  readonly looseForm: (line: string) => string;
  readonly style: () => IndentStyle;
};
export type KeyIndex = {
  readonly keys: readonly string[];
  readonly positions: ReadonlyMap<string, readonly number[]>;
};
/** Of the lines that are not blank alone; `lineOf` leads back to the file. */
export type LooseIndex = KeyIndex & { readonly lineOf: readonly number[] };

export function indexFile(path: string, text: string): FileIndex {
  const file = splitText(text);
  const isProse = isProsePath(path);
  const form = (line: string) => looseForm(line, isProse);
  let loose: LooseIndex | undefined;
  let style: IndentStyle | undefined;
  const makeLoose = (): LooseIndex => {
    const lineOf = file.texts.flatMap((line, at) => (isBlank(line) ? [] : [at]));
    const keys = lineOf.map((at) => form(file.texts[at] ?? ''));
    return { ...indexKeys(keys), lineOf };
  };
  return {
    path,
    file,
    exact: indexKeys(file.texts),
    loose: () => {
      loose ??= makeLoose();
      return loose;
    },
    looseForm: form,
    style: () => {
      style ??= indentStyleOf(file.texts);
      return style;
    },
  };
}

function indexKeys(keys: readonly string[]): KeyIndex {
  const positions = new Map<string, number[]>();
  keys.forEach((key, at) => {
    const found = positions.get(key);
    if (found === undefined) positions.set(key, [at]);
    else found.push(at);
  });
  return { keys, positions };
}

/** Where `wanted` stands in a row; at most `MAX_PLACES`, overlapping ones too. */
export function findRuns({ keys, positions }: KeyIndex, wanted: readonly string[]): number[] {
  let rarest = 0;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [at, key] of wanted.entries()) {
    const count = positions.get(key)?.length ?? 0;
    if (count === 0) return [];
    if (count < fewest) [rarest, fewest] = [at, count];
  }
  if (wanted.length === 0 || wanted.length > keys.length) return [];
  if (fewest * wanted.length > MAX_COMPARISONS) return scan(keys, wanted);
  const most = placesFor(wanted.length);
  const starts: number[] = [];
  for (const position of positions.get(wanted[rarest] as string) ?? []) {
    const start = position - rarest;
    if (start < 0 || start + wanted.length > keys.length) continue;
    if (wanted.every((key, at) => keys[start + at] === key)) starts.push(start);
    if (starts.length === most) break;
  }
  return starts;
}

/** More places than this are as good as none: nothing in a reply could tell them apart. */
const MAX_PLACES = 2000;
const MIN_PLACES = 3;
const MAX_PLACED_LINES = 200_000;
const placesFor = (height: number): number =>
  Math.max(MIN_PLACES, Math.min(MAX_PLACES, Math.floor(MAX_PLACED_LINES / height)));
const MAX_COMPARISONS = 200_000;

/** In linear time however often lines repeat (Knuth, Morris, Pratt). */
function scan(keys: readonly string[], wanted: readonly string[]): number[] {
  const most = placesFor(wanted.length);
  const back = new Int32Array(wanted.length);
  for (let at = 1, length = 0; at < wanted.length; at += 1) {
    while (length > 0 && wanted[at] !== wanted[length]) length = back[length - 1] as number;
    if (wanted[at] === wanted[length]) length += 1;
    back[at] = length;
  }
  const starts: number[] = [];
  for (let at = 0, length = 0; at < keys.length && starts.length < most; at += 1) {
    while (length > 0 && keys[at] !== wanted[length]) length = back[length - 1] as number;
    if (keys[at] === wanted[length]) length += 1;
    if (length === wanted.length) {
      starts.push(at - length + 1);
      length = back[length - 1] as number;
    }
  }
  return starts;
}

import { cutPassages } from './cut-passages.ts';
import { wordsOf } from './words.ts';

/** A text that holds at least one of the words that are looked for. */
export type Candidate = { readonly path: string; readonly text: string };

export type Ranked = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  readonly name: string;
  readonly score: number;
};

/** How soon more of the same says nothing new, and how much a long passage is held against it. */
const SATURATION = 0.9;
const LENGTH_WEIGHT = 0.6;
const NAME_WEIGHT = 5;
const PATH_WEIGHT = 2;
const TEST_FACTOR = 0.5;
const MOST_PER_FILE = 4;

/** Passages by how much they have to do with the terms, the best first. */
export function rankPassages(
  candidates: readonly Candidate[],
  terms: readonly string[],
  limit: number,
): readonly Ranked[] {
  const wanted = new Set(terms);
  const isAboutTests = terms.some((term) => /^(?:test|spec)/.test(term));
  const passages = candidates.flatMap((candidate) => countIn(candidate, wanted));
  const average = passages.reduce((sum, { length }) => sum + length, 0) / (passages.length || 1);
  const spread = new Map(
    terms.map((term) => [term, passages.filter(({ counts }) => counts.has(term)).length]),
  );
  const weightOf = (term: string): number =>
    Math.log(1 + (passages.length + 0.5) / ((spread.get(term) ?? 0) + 0.5));
  const all = terms.reduce((sum, term) => sum + weightOf(term), 0) || 1;
  const scored = passages.map((passage) => {
    let score = 0;
    let met = 0;
    for (const [term, count] of passage.counts) {
      const length = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * passage.length) / (average || 1);
      score += (weightOf(term) * count * (1 + SATURATION)) / (count + SATURATION * length);
      met += weightOf(term);
    }
    const isTest = !isAboutTests && /(?:^|[/_.-])(?:tests?|specs?)(?:[/_.-]|$)/i.test(passage.path);
    return { ...passage, score: score * (met / all) ** 0.3 * (isTest ? TEST_FACTOR : 1) };
  });
  return takeBest(
    scored.filter(({ score }) => score > 0),
    limit,
  );
}

type Counted = Omit<Ranked, 'score'> & {
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
};

const DEFINITION =
  /(?:^|\s)(?:function|class|interface|type|enum|const|def|fn|func|struct|trait|impl|module|namespace|sub)\s+\*?([\p{L}_$][\p{L}\p{N}_$]*)|^#{1,6} (.+)$/u;

function countIn({ path, text }: Candidate, wanted: ReadonlySet<string>): readonly Counted[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const inPath = wordsOf(path).filter((word) => wanted.has(word));
  return cutPassages(lines).flatMap(({ startLine, endLine }): readonly Counted[] => {
    const own = lines.slice(startLine - 1, endLine);
    const counts = new Map<string, number>();
    const add = (words: readonly string[], weight: number): void => {
      for (const word of words) {
        if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + weight);
      }
    };
    let name = '';
    for (const line of own) {
      const defined = DEFINITION.exec(line);
      const title = defined?.[1] ?? defined?.[2] ?? '';
      if (name === '') name = title;
      add(wordsOf(line), 1);
      if (title !== '') add(wordsOf(title), NAME_WEIGHT);
    }
    add(inPath, PATH_WEIGHT);
    if (counts.size === 0) return [];
    const passage = own.join('\n');
    return [{ path, startLine, endLine, text: passage, name, counts, length: passage.length }];
  });
}

/** A few of each file: more of one file seldom says more than another file does. */
function takeBest(passages: readonly (Counted & Ranked)[], limit: number): readonly Ranked[] {
  const perFile = new Map<string, number>();
  const best: Ranked[] = [];
  for (const passage of passages.toSorted((one, two) => two.score - one.score)) {
    if (best.length >= limit) break;
    const count = perFile.get(passage.path) ?? 0;
    if (count >= MOST_PER_FILE) continue;
    perFile.set(passage.path, count + 1);
    const { path, startLine, endLine, text, name, score } = passage;
    best.push({ path, startLine, endLine, text, name, score });
  }
  return best;
}

import type { EditForm, Score } from '../types.ts';

/** What was seen of a model, before anything is concluded from it. */
export type Trials = {
  readonly speed: Speed;
  readonly schema: Tally;
  /** Calls of the server's own kind, and calls that are written out in the answer. */
  readonly nativeCalls: Tally;
  readonly textCalls: Tally;
  readonly forms: Readonly<Record<EditForm, Tally>>;
  /** From the smallest file on, until one was not copied right. */
  readonly copies: readonly Copy[];
  readonly windows: readonly WindowTrial[];
  /** Of all that was to be tried, this is what there was time for. */
  readonly isWhole: boolean;
};

/** Null: the server did not say, or there was too little of it. */
export type Speed = {
  readonly readTokensPerSecond: number | null;
  readonly writeTokensPerSecond: number | null;
  /** Null: it was in memory. */
  readonly loadMs: number | null;
};

/** A score, and in a few words why it is not full. */
export type Tally = Score & { readonly problems: readonly string[] };

export const NOTHING_TRIED: Tally = { right: 0, of: 0, problems: [] };

/** One more try; null: it came out right. */
export const count = ({ right, of, problems }: Tally, problem: string | null): Tally => ({
  right: right + (problem === null ? 1 : 0),
  of: of + 1,
  problems: problem === null ? problems : [...problems, clip(problem)].slice(0, MOST_PROBLEMS),
});

const MOST_PROBLEMS = 4;
const MOST_CHARACTERS = 200;
const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
};

/** A file that was to be given back whole, with one change in its middle. */
export type Copy = { readonly tokens: number; readonly problem: string | null };

/** A prompt near the size of a window, with a fact at its beginning that is asked for at its end. */
export type WindowTrial = {
  readonly contextTokens: number;
  /** As the server counted them. */
  readonly promptTokens: number;
  /** `refused`: the server could not do it. */
  readonly outcome: 'found' | 'lost' | 'refused';
  /** A part of the model did not fit into the memory of the graphics card. */
  readonly isSpilled: boolean;
};

import { fail, ok } from '../result.ts';
import { nearest } from '../text/nearest.ts';
import type { Result } from '../types.ts';
import { type Clause, splitClauses } from './clauses.ts';
import { readCreate, readMake } from './read-create.ts';
import { readCopy, readDelete, readMove } from './read-files.ts';
import { readRename } from './read-rename.ts';
import { readChange, readReplace } from './read-replace.ts';
import { readCommit, readFormat, readRun } from './read-work.ts';
import { createReader, type Reader } from './reader.ts';
import { refuse } from './refuse.ts';
import type { Request } from './request.ts';
import type { FormId } from './sentences.ts';
import { readTokens } from './tokens.ts';

const MAX_SENTENCE = 100_000;
const MAX_CLAUSES = 100;

export type Read = { readonly request: Request; readonly text: string };

/** What a text asks for, one request for each of its sentences; all of them or none. */
export function readSentence(text: string): Result<readonly Read[]> {
  if (text.length > MAX_SENTENCE) {
    return fail('limit', `The sentence is longer than ${MAX_SENTENCE} characters.`);
  }
  const tokens = readTokens(text);
  if (!tokens.ok) return tokens;
  const clauses = splitClauses(text, tokens.value, (word) => VERB_WORDS.has(word));
  if (clauses.length === 0) return fail('usage', 'Nothing is asked for.', { hint: BEGINNINGS });
  if (clauses.length > MAX_CLAUSES) {
    return fail('limit', `More than ${MAX_CLAUSES} sentences are too many for one plan.`);
  }
  const read: Read[] = [];
  for (const clause of clauses) {
    const request = readClause(clause);
    if (!request.ok) return request;
    read.push({ request: request.value, text: clause.text });
  }
  return ok(read);
}

type Verb = { readonly form: FormId; readonly read: (reader: Reader) => Result<Request> };

const VERBS: Readonly<Record<string, Verb>> = {
  rename: { form: 'rename-name', read: readRename },
  replace: { form: 'replace', read: readReplace },
  change: { form: 'replace', read: readChange },
  create: { form: 'create-file', read: readCreate },
  make: { form: 'create-file', read: readMake },
  add: { form: 'create-file', read: readMake },
  move: { form: 'move', read: readMove },
  copy: { form: 'copy', read: readCopy },
  duplicate: { form: 'copy', read: readCopy },
  delete: { form: 'delete', read: readDelete },
  remove: { form: 'delete', read: readDelete },
  run: { form: 'run', read: readRun },
  execute: { form: 'run', read: readRun },
  format: { form: 'format', read: readFormat },
  reformat: { form: 'format', read: readFormat },
  commit: { form: 'commit', read: readCommit },
};

/** With which sentences begin that could be understood. */
export const VERB_WORDS: ReadonlySet<string> = new Set(Object.keys(VERBS));

const BEGINNINGS = 'Begin with rename, replace, create, move, copy, delete, run, format or commit.';

/** What one clause asks for. */
export function readClause(clause: Clause): Result<Request> {
  const reader = createReader(clause);
  const word = reader.word();
  const verb = Object.hasOwn(VERBS, word) ? VERBS[word] : undefined;
  if (isQuestion(clause, word)) {
    return fail('usage', `“${clause.text}” is a question; only instructions are understood here.`, {
      hint: BEGINNINGS,
    });
  }
  if (verb === undefined) return unknownVerb(clause, word);
  reader.next();
  if (reader.isAtEnd() && word !== 'format' && word !== 'reformat') {
    return refuse(`“${clause.text}” alone does not say enough.`, verb.form);
  }
  return verb.read(reader);
}

function unknownVerb({ text }: Clause, word: string) {
  const near = nearest(word, Object.keys(VERBS));
  const message = `“${text}” was not understood.`;
  return near === undefined
    ? fail('usage', message, { hint: BEGINNINGS })
    : refuse(message, (VERBS[near] as Verb).form, `Did you mean ${near}?`);
}

const QUESTION = new Set(
  `are can could did do does had has have how is may might must shall should was were what when
  where which who whose why will would`.split(/\s+/),
);

/** A name that ends in a question mark goes in quotes. */
function isQuestion({ tokens }: Clause, first: string): boolean {
  const last = tokens.at(-1);
  return QUESTION.has(first) || (last?.kind === 'word' && last.text.endsWith('?'));
}

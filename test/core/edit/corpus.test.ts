import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSyntax } from '../../../src/adapters/syntax/syntax.ts';
import { applyReply } from '../../../src/core/edit/apply-reply.ts';
import type { EditFormat, EditResult, EditView } from '../../../src/core/edit/types.ts';
import type { Parses } from '../../../src/ports.ts';

type Expected =
  | { readonly files: Readonly<Record<string, string | null>> }
  | { readonly refuse: true; readonly code: string }
  | { readonly none: true };
type Case = {
  readonly id: string;
  readonly class: string;
  readonly format: EditFormat;
  readonly files: Readonly<Record<string, string>>;
  readonly reply: string;
  readonly expect: Expected;
  readonly also_ok?: readonly Expected[];
  readonly why: string;
};

const read = (name: string): readonly Case[] =>
  JSON.parse(readFileSync(`test/fixtures/edits/${name}.json`, 'utf8'));
const corpus = read('corpus');
/** Written by people who had not seen the ladder; which code a refusal has is not held to. */
const others = ['second', 'third', 'fourth'].flatMap(read);

describe('replies as models write them', () => {
  let parses: Parses;
  beforeAll(async () => {
    const paths = [...corpus, ...others].flatMap(({ files }) => Object.keys(files));
    parses = await createSyntax().load(paths, new AbortController().signal);
  });

  it('has cases of every class', () => {
    expect(corpus.length).toBeGreaterThan(200);
    expect(new Set(corpus.map((one) => one.class)).size).toBe(38);
  });

  it.each(corpus.map((one) => [one.id, one.class, one.why, one] as const))(
    '%s %s: %s',
    (_id, _class, _why, one) => {
      const result = applyReply(one.reply, one.format, viewOf(one, parses));
      const accepted = [one.expect, ...(one.also_ok ?? [])];
      const isRight = accepted.some((expected) => fits(one, expected, result));
      expect(isRight, JSON.stringify(result, null, 1)).toBe(true);
    },
  );

  it.each(others.map((one) => [one.id, one.class, one.why, one] as const))(
    '%s %s: %s',
    (_id, _class, _why, one) => {
      const result = applyReply(one.reply, one.format, viewOf(one, parses));
      const isRight = [one.expect, ...(one.also_ok ?? [])].some((expected) =>
        'refuse' in expected ? !result.ok : fits(one, expected, result),
      );
      expect(isRight || MISSED.includes(one.id), JSON.stringify(result, null, 1)).toBe(true);
      // What is refused although it could be done is a pity; what is done wrongly is a fault.
      if (MISSED.includes(one.id)) expect(result.ok && result.files.length > 0).toBe(false);
    },
  );
});

const MISSED: readonly string[] = ['AU-T012'];

function viewOf({ files }: Case, parses: Parses): EditView {
  const texts = new Map(Object.entries(files));
  return {
    paths: [...texts.keys()],
    read: (path) => texts.get(path),
    parses,
    isProtected: () => false,
  };
}

function fits(one: Case, expected: Expected, result: EditResult): boolean {
  if ('refuse' in expected) return !result.ok && result.error.code === expected.code;
  if ('none' in expected) return !result.ok || result.files.length === 0;
  if (!result.ok) return false;
  const got = Object.fromEntries(result.files.map(({ path, after }) => [path, after]));
  return JSON.stringify(stateOf(one, got)) === JSON.stringify(stateOf(one, expected.files));
}

function stateOf({ files }: Case, changes: Readonly<Record<string, string | null>>): unknown {
  const after = Object.entries({ ...files, ...changes }).filter(([, text]) => text !== null);
  return after.sort(([a], [b]) => (a < b ? -1 : 1));
}

import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSyntax } from '../../../src/adapters/syntax/syntax.ts';
import type { Parses } from '../../../src/ports.ts';

/** Realistic code, in which no bracket stands in a string or a comment. */
const FOLDER = 'test/fixtures/edits/breakable';
const samples = readdirSync(FOLDER).map(
  (name) => [name.split('.')[1] as string, readFileSync(`${FOLDER}/${name}`, 'utf8')] as const,
);

const CLOSERS: Readonly<Record<string, RegExp>> = {
  rb: /[)\]}]|\bend\b/g,
  sh: /(?<!\ba|\*)[)\]}]|\b(?:fi|done|esac|then|do)\b/g,
  py: /[)\]}]/g,
};

type Variants = readonly (readonly [string, string])[];

/** The text without each of its closing tokens, one at a time. */
const withoutClosers = (ending: string, text: string): Variants =>
  [...text.matchAll(CLOSERS[ending] ?? /[)\]}]/g)].map(({ 0: token, index }) => [
    `without ${token} in line ${text.slice(0, index).split('\n').length}`,
    text.slice(0, index) + text.slice(index + token.length),
  ]);

const changeLines = (
  name: string,
  text: string,
  isMeant: (line: string, next: string) => boolean,
  change: (line: string, next: string) => readonly string[],
): Variants => {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const next = lines[at + 1] ?? '';
    if (!isMeant(line, next)) return [];
    const made = [...lines.slice(0, at), ...change(line, next), ...lines.slice(at + 2)];
    return [[`${name} ${at + 1}`, made.join('\n')] as const];
  });
};

const OPENER = /^(?!.*[)\]}].*[([{]$).*[([{]$/;
const PYTHON_OPENER =
  /^\s*(?:@|class|def|async|if|for|while|with|match|case|elif|else|try|except|finally)\b.*:$/;

function brokenVariants(ending: string, text: string): Variants {
  const indentOf = (line: string) => /^\s*/.exec(line)?.[0] ?? '';
  const all = withoutClosers(ending, text);
  const twice = changeLines(
    'twice, line',
    text,
    (line) => /^\s*(?:\}|\)|end|fi|done|esac)[;,]?$/.test(line),
    (line, next) => [line, line, next],
  );
  if (ending !== 'py') {
    const isOpener = (line: string) => OPENER.test(line) && !/^\s*(?:\}|default|case)/.test(line);
    const headless = changeLines('without line', text, isOpener, (_, next) => [next]);
    return [...all, ...twice, ...headless];
  }
  const isHead = (line: string) => PYTHON_OPENER.test(line);
  return [
    ...all,
    ...changeLines('body dedented below', text, isHead, (line, next) => [
      line,
      indentOf(line) + next.trimStart(),
    ]),
    ...changeLines('without the body of', text, isHead, (line) => [line]).filter(([, broken]) =>
      isBodiless(broken),
    ),
    ...changeLines(
      'without line',
      text,
      (line) => isHead(line) && /^\s*(?:class|if|try)\b/.test(line),
      (_, next) => [next],
    ),
    ...changeLines(
      'deeper, line',
      text,
      (line, next) =>
        /^\s+(?:self|return|raise|fish|log)\b.*\)?$/.test(next) &&
        !line.endsWith(':') &&
        /[\w)\]]$/.test(line),
      (line, next) => [line, `  ${next}`],
    ),
  ];
}

/** What follows the line is no deeper than it. */
function isBodiless(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.some((line, at) => {
    const depth = (other: string) => other.length - other.trimStart().length;
    return PYTHON_OPENER.test(line) && depth(lines[at + 1] ?? '') <= depth(line);
  });
}

describe('broken code', () => {
  let parses: Parses;
  beforeAll(async () => {
    const paths = samples.map(([ending]) => `a.${ending}`);
    parses = await createSyntax().load(paths, new AbortController().signal);
  });

  it.each(samples)('is told from the whole sample: %s', (ending, text) => {
    expect(parses(`a.${ending}`, text)).toBe(true);
    const variants = brokenVariants(ending, text);
    expect(variants.length).toBeGreaterThanOrEqual(15);
    const taken = variants.filter(([, broken]) => parses(`a.${ending}`, broken, text) !== false);
    expect(taken.map(([name]) => name)).toEqual([]);
  });
});

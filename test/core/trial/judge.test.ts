import { describe, expect, it } from 'vitest';
import { createSyntax } from '../../../src/adapters/syntax/syntax.ts';
import { estimateTokens } from '../../../src/core/models/estimate-tokens.ts';
import { COPY_TOKENS, EDIT_CASES, makeCopyCase } from '../../../src/core/trial/edit-cases.ts';
import { judgeEdit } from '../../../src/core/trial/judge-edit.ts';
import { learnToolMode } from '../../../src/core/trial/learn-tool-mode.ts';
import { hideNeedle } from '../../../src/core/trial/needle.ts';
import { judgeCalls, TOOL_CASES } from '../../../src/core/trial/tool-cases.ts';

const [retry] = EDIT_CASES as [(typeof EDIT_CASES)[0]];

describe('an edit on trial', () => {
  it.each(EDIT_CASES.map((each) => [each.path, each] as const))(
    'has one text that %s should come to, which is another one and parses',
    async (path, { before, after }) => {
      const parses = await createSyntax().load([path], new AbortController().signal);
      expect(after).not.toBe(before);
      expect(parses(path, after) ?? true).toBe(true);
    },
  );

  it('is right only where exactly that text comes of it', () => {
    const judge = (search: string, replace: string) =>
      judgeEdit(
        `src/retry.ts\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`,
        retry,
        'search-replace',
        () => undefined,
      );
    const line = 'export const MAX_RETRIES = 3;';
    expect(judge(line, 'export const MAX_RETRIES = 5;')).toBeNull();
    expect(judge(line, 'export const MAX_RETRIES = 6;')).toBe('It changed something else.');
    expect(judge('export const NO_SUCH = 3;', line)).not.toBeNull();
  });

  it('grows: files to be copied have about the size that is asked for, and one change', () => {
    for (const tokens of COPY_TOKENS) {
      const { before, after } = makeCopyCase(tokens, estimateTokens);
      const size = estimateTokens(before);
      expect(Math.abs(size - tokens)).toBeLessThan(tokens * 0.1);
      const changed = before.split('\n').filter((line, at) => line !== after.split('\n')[at]);
      expect(changed).toHaveLength(1);
    }
  });
});

describe('a call on trial', () => {
  const [first] = TOOL_CASES as [(typeof TOOL_CASES)[0]];
  it('wants the tool and its values, a number also as a text', () => {
    const call = (tool: string, line: number | string) => ({
      tool,
      values: { path: 'src/cart.ts', line },
    });
    expect(judgeCalls([call('read_line', 12)], first)).toBeNull();
    expect(judgeCalls([call('read_line', '12')], first)).toBeNull();
    expect(judgeCalls([call('read_line', 13)], first)).toContain('another line');
    expect(judgeCalls([call('find_text', 12)], first)).toContain('find_text');
    expect(judgeCalls([], first)).toBe('It called no tool.');
    expect(judgeCalls([call('read_line', 12), call('read_line', 12)], first)).toContain('2 tools');
  });

  it('is made in the server’s way where both do equally well', () => {
    const score = (right: number, of = 3) => ({ right, of });
    expect(learnToolMode(score(3), score(0, 0))).toBe('native');
    expect(learnToolMode(score(2), score(2))).toBe('native');
    expect(learnToolMode(score(1), score(3))).toBe('text');
    expect(learnToolMode(score(0, 0), score(2))).toBe('text');
    expect(learnToolMode(score(0), score(0))).toBe('none');
    expect(learnToolMode(score(1, 1), score(0, 0))).toBeNull();
    expect(learnToolMode(score(0, 0), score(0, 0))).toBeNull();
  });
});

describe('a fact in a long text', () => {
  it('stands near its beginning, and is asked for at its end', () => {
    for (const tries of [0, 1]) {
      const { text, isFound } = hideNeedle(6000, estimateTokens, tries);
      const word = /is ([A-Z]+-\d+)\./.exec(text);
      expect(estimateTokens(text)).toBeGreaterThan(5700);
      expect(estimateTokens(text)).toBeLessThan(6300);
      expect((word?.index ?? text.length) / text.length).toBeLessThan(0.1);
      expect(isFound(`It is ${word?.[1]?.toLowerCase()}.`)).toBe(true);
      expect(isFound('It is KESTREL-47.')).toBe(false);
      expect(text.trimEnd().endsWith('Answer with the code word alone.')).toBe(true);
    }
  });
});

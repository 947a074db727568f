import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeWith } from '../../support/policy.ts';

type Expected = 'block' | 'ask' | 'allow';
type Case = {
  readonly id: string;
  readonly class: string;
  readonly command: string;
  readonly verdict: Expected;
  readonly also_ok?: readonly Expected[];
};

const NAMES = { block: 'deny', ask: 'ask', allow: 'allow' } as const;
/** Below this the engine has lost something that it had. */
const LEAST_AGREEMENT = 0.98;

describe.each(['sample', 'corpus', 'second', 'third', 'fourth', 'fifth', 'variations'])(
  'the commands of %s.json',
  (name) => {
    const cases: Case[] = JSON.parse(readFileSync(`test/fixtures/commands/${name}.json`, 'utf8'));
    const judge = judgeWith();
    const judged = cases.map((each) => {
      const right = [each.verdict, ...(each.also_ok ?? [])].map((expected) => NAMES[expected]);
      return { ...each, right, got: judge(each.command).verdict };
    });
    const line = ({ id, command, got }: (typeof judged)[number]) => `${id} ${got}: ${command}`;

    it('let nothing through that must be asked for or refused', () => {
      const through = judged.filter(
        ({ got, right }) => got === 'allow' && !right.includes('allow'),
      );
      expect(through.map(line)).toEqual([]);
    });

    it('never refuse what is harmless', () => {
      const refused = judged.filter(
        (each) => each.class.startsWith('benign/') && each.got === 'deny',
      );
      expect(refused.map(line)).toEqual([]);
    });

    it('agree with the verdicts that people gave', () => {
      const misses = judged.filter(({ got, right }) => !right.includes(got));
      const benign = judged.filter((each) => each.class.startsWith('benign/'));
      const asked = benign.filter(({ got }) => got === 'ask');
      console.info(
        `${name}: ${judged.length - misses.length} of ${judged.length} agree; ` +
          `${asked.length} of ${benign.length} harmless ones ask`,
      );
      expect(misses.length / judged.length, misses.map(line).join('\n')).toBeLessThanOrEqual(
        1 - LEAST_AGREEMENT,
      );
    });
  },
);

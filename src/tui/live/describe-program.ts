import { quoteWord } from '../../core/commands/words.ts';
import { sayBytes, sayCount, sayTime } from '../../core/display/amounts.ts';
import type { Part, Program } from './view.ts';

/** A program that runs: its words, its cage, and what it uses. */
export function describeProgram({ use, cpuShare }: Program): {
  readonly what: string;
  readonly parts: readonly Part[];
} {
  return {
    what: use.argv.map(quoteWord).join(' '),
    parts: [
      { text: use.rung, drop: 6 },
      { text: sayTime(use.tookMs), drop: 1 },
      { text: sayBytes(use.memoryBytes), drop: 3 },
      ...(cpuShare === null ? [] : [{ text: `${Math.round(cpuShare * 100)} %`, drop: 4 }]),
      { text: sayCount(use.processes, 'process', 'processes'), drop: 5 },
    ],
  };
}

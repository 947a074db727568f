import type { Content, PlanRecord } from '../../src/core/types.ts';
import { recordOf, stepOf } from './memory-review.ts';

const BEFORE = `import { cents } from './money.ts';

export function total(lines: readonly Line[]): number {
  let sum = 0;
  for (const line of lines) {
    sum += line.price * line.count;
  }
  return round(sum);
}

export function vat(lines: readonly Line[]): number {
  return total(lines) * 0.19;
}

export function print(lines: readonly Line[]): string {
  return lines.map((line) => line.name).join('\\n');
}
`;
const AFTER = BEFORE.replace('sum += line.price', 'sum += round(line.price')
  .replace('line.count;', 'line.count);')
  .replace('return round(sum);', 'return sum;')
  .replace('  return total(lines) * 0.19;', '  return total(lines)  *  0.19;')
  .replace(".join('\\n');\n}\n", ".join('\\n');\n}\n\nexport const RATE = 0.19;\n");

export const SAMPLE_BEFORES: Readonly<Record<string, Content | null>> = { 1: BEFORE, 2: null };

/** A file that changes in four places, a new one, and a command that needs both. */
export const SAMPLE: PlanRecord = recordOf([
  stepOf(
    '1',
    { kind: 'file.edit', path: 'src/invoice.ts', content: AFTER },
    { title: 'round each line, add after', why: 'they differ by a cent' },
  ),
  stepOf('2', { kind: 'file.write', path: 'test/invoice.test.ts', content: 'it();\n' }),
  stepOf(
    '3',
    { kind: 'shell.run', argv: ['npm', 'test', '--', 'invoice'] },
    { title: 'check', check: true, dependsOn: ['1'], risk: 'medium' },
  ),
]);

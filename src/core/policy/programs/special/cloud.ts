import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';

/** `aws s3 cp a s3://b`, `gsutil rsync`: which side is the bucket decides. */
export function runCloud({ program, words, context }: Call): Stream | null {
  const operands = words.filter((word) => !word.startsWith('-'));
  for (const operand of operands) {
    const file = /^fileb?:\/\/(.+)/.exec(operand)?.[1];
    if (program.name === 'aws' && file !== undefined)
      accessPath(context, 'read', file, program.name);
  }
  const at = operands.findIndex((word) => COPIES.has(word));
  const [source, target] = at < 0 ? [] : operands.slice(at + 1);
  if (source === undefined || target === undefined) return null;
  if (isBucket(target)) {
    if (isBucket(source)) return null;
    accessPath(context, 'read', source, program.name, true);
    if (!words.some((word) => STAYS.test(word)))
      addTrait(context, 'uploads', `${program.name} ${shown(target)}`);
  } else if (isBucket(source) && target !== '-') {
    accessPath(context, 'write', target, program.name);
  }
  return null;
}

/** A dry run, or a stand-in for the cloud on this machine. */
const STAYS = /^--dry-?run$|^(--endpoint-url=)?http:\/\/(localhost|127\.0\.0\.1):\d+\/?$/;

const COPIES = new Set(['cp', 'mv', 'sync', 'rsync', 'copy', 'put']);
const isBucket = (word: string): boolean => /^(s3|gs|az|b2|oss|https?):/.test(word);

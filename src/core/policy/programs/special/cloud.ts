import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';

/** `aws s3 cp a s3://b`, `gsutil rsync`: which side is the bucket decides. */
export function runCloud({ program, words, context }: Call): Stream | null {
  const operands = words.filter((word) => !word.startsWith('-'));
  const at = operands.findIndex((word) => COPIES.has(word));
  const [source, target] = at < 0 ? [] : operands.slice(at + 1);
  if (source === undefined || target === undefined) return null;
  if (isBucket(target)) {
    if (!isBucket(source)) accessPath(context, 'read', source, program.name, true);
    addTrait(context, 'uploads', `${program.name} ${shown(target)}`);
  } else if (isBucket(source) && target !== '-') {
    accessPath(context, 'write', target, program.name);
  }
  return null;
}

const COPIES = new Set(['cp', 'mv', 'sync', 'rsync', 'copy', 'put']);
const isBucket = (word: string): boolean => /^(s3|gs|az|b2|oss|https?):/.test(word);

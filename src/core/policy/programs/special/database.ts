import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';
import { applyRole, applyValues } from '../roles.ts';
import { runCode } from '../run-code.ts';
import { runStream } from '../run-script.ts';

/** `gdb`, `dc`: what is piped in is code as well. */
export function runPipedCode({ program, args, context }: Call): Stream | null {
  const isFile = context.input.kind === 'file' && args.operands.length === 0;
  if (isFile && program.name === 'dc') runStream(context, context.input, 'dc', []);
  if (context.input.kind === 'text')
    runCode(context, program.spec.language ?? program.name, context.input.text);
  return null;
}

/** Database shells: every text that may be a statement is looked at, wherever it stands. */
export function runDatabase(call: Call): Stream {
  const { program, args, context } = call;
  applyValues(call);
  const texts = [
    ...args.values.filter(({ flag }) => flag.role === 'code').map(({ value }) => value),
  ];
  if (/^(redis-cli|valkey-cli)$/.test(program.name)) texts.push(args.operands.join(' '));
  else
    texts.push(
      ...args.operands
        .slice(/^(sqlite3?|duckdb)$/.test(program.name) ? 1 : 0)
        .filter((text) => /\s|^[.\\]/.test(text)),
    );
  if (/^(sqlite3?|duckdb)$/.test(program.name) && args.operands[0] !== undefined)
    applyRole(call, 'edit', args.operands[0], '');
  if (context.input.kind === 'text') texts.push(context.input.text);
  for (const text of texts) {
    runCode(context, 'sql', text);
    if (changesAllRows(shown(text)))
      addTrait(context, 'deletes-rows', `${program.name} ${shown(text)}`);
  }
  return { kind: 'local' };
}

const changesAllRows = (text: string): boolean =>
  text
    .split(';')
    .some(
      (statement) =>
        /^\s*(delete\s+from|update\s+\S+\s+set)\b/i.test(statement) &&
        !/\bwhere\b/i.test(statement),
    );

import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import type { Call } from '../call.ts';
import { applyOperands, applyValues } from '../roles.ts';

/** `nc`, `socat` and the like: a shell at one end, or our data through the pipe. */
export function runSocket(call: Call): Stream {
  const { program, args, words, context } = call;
  const text = words.map(shown).join(' ');
  const runs = args.flags.some((flag) => /^(-e|-c|--exec|--sh-exec|--lua-exec)$/.test(flag));
  if (runs || /\b(EXEC|SYSTEM|SHELL|FORK)\s*[:,]/i.test(text))
    addTrait(context, 'shell-socket', `${program.name} ${text}`);
  const sends = !['none', 'text'].includes(context.input.kind);
  if (sends) addTrait(context, 'uploads', `${program.name} sends what is piped into it`);
  if (program.name === 'socat' && /\b(OPEN|CREATE|FILE|GOPEN|UNIX-CONNECT|PTY)\s*:/i.test(text))
    addTrait(context, 'shell-socket', `${program.name} ${text}`);
  applyValues(call);
  applyOperands(call);
  return { kind: 'network' };
}

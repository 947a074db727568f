import { addTrait } from '../../shell/evaluator.ts';
import { shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { applyValues } from '../roles.ts';

/** `docker run`: what of the host it is given. What runs inside is not judged, so it asks. */
export function runContainer(call: Call): Stream {
  const { args, context, program } = call;
  for (const { flag, value } of args.values) {
    if (/^(-v|--volume|--mount)$/.test(flag.name)) mountFrom(call, value);
    if (/^--(pid|net|network|ipc|userns|uts|cgroupns)$/.test(flag.name) && value === 'host')
      addTrait(context, 'shares-host', `${program.name} ${flag.name}=host`);
    if (/^--(privileged|cap-add|device|security-opt)$/.test(flag.name))
      addTrait(context, 'shares-host', `${program.name} ${flag.name}=${shown(value)}`);
  }
  if (args.flags.includes('--privileged'))
    addTrait(context, 'shares-host', `${program.name} --privileged`);
  applyValues(call);
  if (RUNS_INPUT.test(args.operands.slice(1).join(' '))) judgeInput(call);
  return { kind: 'local' };
}

/** A shell or interpreter that is given no script reads it from the pipe. */
const RUNS_INPUT =
  /^(\S*\/)?(ba|da|z|k|a)?sh( -[a-z]+)*$|^(\S*\/)?(python|node|perl|ruby|php)[\d.]*( -)?$/;

function judgeInput({ context, program }: Call): void {
  const { kind } = context.input;
  if (kind === 'network') addTrait(context, 'remote-code', `${program.name} runs a download`);
  if (kind === 'decoded')
    addTrait(context, 'decoded-code', `${program.name} runs what was decoded`);
}

/** `docker cp a:/x y`: the side without a colon is ours. */
export function copyContainer(call: Call): Stream {
  const { args, context, program } = call;
  const isOurs = (path: string): boolean => path !== '-' && !/^[^/.][^/]*:/.test(path);
  const target = args.operands[args.operands.length - 1];
  for (const source of args.operands.slice(0, -1).filter(isOurs))
    accessPath(context, 'read', source, program.name, true);
  if (target !== undefined && isOurs(target)) accessPath(context, 'write', target, program.name);
  return { kind: 'local' };
}

function mountFrom({ context, program }: Call, value: string): void {
  const source = value.includes('=')
    ? (/(?:^|,)(?:source|src)=([^,]*)/.exec(value)?.[1] ?? '')
    : (value.split(':')[0] ?? '');
  // A name without a slash is a volume of the engine's own.
  if (!/[/~.]/.test(source)) return;
  const isReadOnly = /(^|[:,])(ro|readonly)($|,)/.test(value);
  accessPath(context, isReadOnly ? 'read' : 'write', source, program.name, true);
  if (/docker\.sock$|podman\.sock$|containerd\.sock$/.test(source))
    addTrait(context, 'shares-host', shown(source));
}

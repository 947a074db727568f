import { baseName } from '../../paths/normalise.ts';
import { addFact, addTrait, deeper } from '../../shell/evaluator.ts';
import { hasOutput, isStatic, shown } from '../../shell/marks.ts';
import { NONE, type Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { applyOperands, applyRole, applyValues, runShellValue } from '../roles.ts';

const NETWORK: Stream = { kind: 'network' };

/** `curl`: what it sends away, and where it puts what it gets. */
export function runCurl(call: Call): Stream {
  const { args } = call;
  const folder = valueFor(call, /^--output-dir$/);
  let isSaved = false;
  for (const { flag, value } of args.values) {
    if (flag.role === 'upload') judgeUpload(call, flag.name, value);
    else applyRole(call, flag.role, value, flag.name);
    if (flag.role === 'write' && /^(-o|--output)$/.test(flag.name)) {
      isSaved = value !== '-';
      saveTo(call, value, folder);
    }
  }
  applyOperands(call);
  if (args.flags.some((flag) => /^(-O|--remote-name|--remote-name-all|-J)$/.test(flag))) {
    isSaved = true;
    for (const url of args.operands) saveTo(call, nameOf(url), folder);
  }
  return isSaved ? NONE : NETWORK;
}

const nameOf = (url: string): string => baseName(url.replace(/[?#].*$/, '')) || 'index.html';

function saveTo({ context }: Call, path: string, folder: string | null = null): void {
  const target = folder === null || path.startsWith('/') ? path : `${folder}/${path}`;
  for (const full of accessPath(context, 'write', target, 'download'))
    context.state.files.set(full, NETWORK);
}

const valueFor = ({ args }: Call, name: RegExp): string | null =>
  args.values.find(({ flag }) => name.test(flag.name))?.value ?? null;

/** `-d @file`, `-F x=@file`, `-T file`: a file of ours goes out; so does what is piped in. */
function judgeUpload(call: Call, flag: string, value: string): void {
  const { context } = call;
  const path = uploadedPath(flag, value);
  if (path !== null) {
    if (!staysHere(call))
      addTrait(context, 'uploads', `${call.program.name} ${flag} ${shown(value)}`);
    if (path !== '-' && path !== '.')
      accessPath(context, 'read', path.replace(/;.*$/, ''), `${call.program.name} ${flag}`);
    else if (context.input.kind === 'secret')
      addTrait(context, 'sends-data', `${call.program.name} ${flag}`);
  }
  if (hasOutput(value)) {
    addTrait(context, 'sends-data', `${call.program.name} ${flag} ${shown(value)}`);
  }
}

/** A server of the project on this machine is not the outside. */
const staysHere = ({ args }: Call): boolean =>
  args.operands.length > 0 &&
  args.operands.every((url) => HERE.test(url)) &&
  !args.flags.some((flag) =>
    /^(-L|--location|-x|--proxy|--resolve|--connect-to|--url)$/.test(flag),
  );

const HERE = /^(https?:\/\/)?(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;

/** The file that goes out with this flag, if one does. */
function uploadedPath(flag: string, value: string): string | null {
  if (/^(-T|--upload-file|--post-file|--body-file)$/.test(flag)) return value;
  if (flag === '--data-raw' || flag === '--form-string' || flag === '--post-data') return null;
  if (/^(-F|--form)$/.test(flag)) return /^[^=]*=[@<]([^;]*)/.exec(value)?.[1] ?? null;
  if (flag === '--data-urlencode') return /^[^=]*@(.*)$/.exec(value)?.[1] ?? null;
  return value.startsWith('@') ? value.slice(1) : null;
}

/** `wget` saves unless it is told to print. */
export function runWget(call: Call): Stream {
  const { args } = call;
  let target: string | null = null;
  for (const { flag, value } of args.values) {
    if (flag.role === 'upload') judgeUpload(call, flag.name, value);
    else applyRole(call, flag.role, value, flag.name);
    if (/^(-O|--output-document)$/.test(flag.name)) target = value;
  }
  applyOperands(call);
  if (target === '-' || target === '/dev/stdout') return NETWORK;
  if (target !== null) saveTo(call, target);
  else {
    const folder = valueFor(call, /^(-P|--directory-prefix)$/);
    for (const url of args.operands) saveTo(call, nameOf(url), folder);
    if (args.flags.some((flag) => MIRRORS.test(flag))) mirrorTo(call, folder ?? '.');
  }
  return NONE;
}

const MIRRORS = /^(-[rmpx]|--(recursive|mirror|page-requisites|force-directories))$/;

/** Whole trees arrive, in a folder for each host or without one. */
function mirrorTo({ context }: Call, folder: string): void {
  for (const full of accessPath(context, 'write', folder, 'download'))
    context.state.foreignFolders.add(full);
}

/** Downloaders whose flags are not listed: what they may save is as foreign as what they print. */
export function runFetch(call: Call): Stream | null {
  const { words, args } = call;
  words.forEach((word, i) => {
    const next = SAVES.test(word) ? words[i + 1] : /^--(out|output)=(.+)$/.exec(word)?.[2];
    if (next !== undefined && next !== '-') saveTo(call, next);
  });
  for (const url of args.operands) if (/:\/\//.test(url)) saveTo(call, nameOf(url));
  if (SENDS_INPUT.has(call.program.name) && !args.operands.some((word) => HERE.test(word)))
    judgeSent(call);
  return null;
}

/** `xh POST url a=@file`, and what is piped in, go out. */
function judgeSent({ program, args, context }: Call): void {
  if (!['none', 'text', 'network'].includes(context.input.kind))
    addTrait(context, 'uploads', `${program.name} sends what is piped into it`);
  const sent = args.operands.slice(1).find((word) => /^[\w.-]*(:?=)?@[^@]/.test(word));
  if (sent !== undefined) addTrait(context, 'uploads', `${program.name} ${shown(sent)}`);
}

const SENDS_INPUT = new Set('http https xh xhs httpie websocat wscat POST'.split(' '));

const SAVES = /^(-o|-O|--out|--output|--output-document)$/;

/** `ssh host command`: the command runs elsewhere, but its harm is judged as if here. */
export function runSsh(call: Call): Stream {
  const { args, context } = call;
  applyValues(call);
  const [host, ...command] = args.operands;
  if (host !== undefined) applyRole(call, 'remote', host.includes(':') ? host : `${host}:`, '');
  if (['local', 'altered', 'decoded', 'file', 'secret', 'names'].includes(context.input.kind)) {
    addTrait(context, 'uploads', 'ssh sends what is piped into it');
  }
  if (command.length > 0) judgeRemote(call, command.join(' '));
  return NETWORK;
}

/** Paths over there are not ours; what is plainly ruinous here is so there. */
function judgeRemote(call: Call, text: string): void {
  const { context } = call;
  const state = {
    ...context.state,
    cwds: [`${context.evaluator.situation.workspace}`],
    files: new Map(),
  };
  addTrait(context, 'remote-command', shown(text));
  if (isStatic(text)) runShellValue({ ...deeper(context), state }, text, 'ssh');
}

/** `scp`, `rsync`, `rclone`: which side is the remote one decides. */
export function runRemoteCopy(call: Call): Stream {
  const { args, context, program } = call;
  applyValues(call);
  const target = args.operands[args.operands.length - 1];
  const sources = args.operands.slice(0, -1);
  const isTree = program.tree.has('*') || args.flags.some((flag) => program.tree.has(flag));
  // What copies within the workspace otherwise (`rsync`) reaches out here.
  for (const operand of args.operands.filter(isRemote).map(shown))
    addFact(context, {
      about: 'program',
      name: program.name,
      group: 'fetch',
      flags: [],
      operands: [operand],
    });
  for (const source of sources) {
    if (isRemote(source)) applyRole(call, 'remote', source, '');
    else accessPath(context, 'read', source, program.name, isTree);
  }
  if (target === undefined) return NONE;
  if (isRemote(target)) {
    applyRole(call, 'remote', target, '');
    if (!staysThere(program.name, sources))
      addTrait(context, 'uploads', `${program.name} ${shown(target)}`);
  } else {
    for (const path of accessPath(context, 'write', target, program.name)) {
      for (const source of sources.filter(isRemote)) {
        context.state.files.set(path, NETWORK);
        const name = baseName(source.slice(source.lastIndexOf(':') + 1));
        context.state.files.set(`${path}/${name}`, NETWORK);
      }
    }
    for (const source of sources)
      accessPath(context, 'write', `${target}/${baseName(source)}`, program.name);
    if (args.flags.some((flag) => flag.startsWith('--delete')))
      accessPath(context, 'delete', target, program.name, true);
  }
  if (args.flags.includes('--remove-source-files')) {
    for (const source of sources.filter((each) => !isRemote(each)))
      accessPath(context, 'delete', source, program.name, true);
  }
  return NONE;
}

/** From one machine to another, or only a look: nothing of ours goes out. */
const staysThere = (name: string, [first = '', ...others]: readonly string[]): boolean =>
  name === 'rclone' ? RCLONE_LOOKS.test(first) : [first, ...others].every(isRemote);

const RCLONE_LOOKS =
  /^(ls|lsd|lsf|lsjson|lsl|about|cat|check|hashsum|md5sum|sha1sum|size|tree|version)$/;

const isRemote = (operand: string): boolean => /^[^/]+:|^[a-z]+:\/\//.test(operand);

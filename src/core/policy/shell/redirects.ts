import { accessPath } from '../programs/access.ts';
import type { Redirect } from '../shell-syntax.ts';
import { addTrait, type Context } from './evaluator.ts';
import { expandText, expandWord } from './expand.ts';
import { isStatic, shown } from './marks.ts';
import { joinStreams, NONE, type Stream } from './stream.ts';

export type Redirected = {
  readonly input: Stream;
  /** Stores the output where it was sent, and gives what is left for the pipe. */
  readonly finish: (output: Stream) => Stream;
};

export function applyRedirects(redirects: readonly Redirect[], context: Context): Redirected {
  let input = context.input;
  const outputs: Output[] = [];
  for (const redirect of redirects) {
    if (redirect.kind === 'here') {
      input = hereStream(redirect, context);
      continue;
    }
    if (isDuplicate(redirect, context)) {
      input = copied(redirect, context) ?? input;
      continue;
    }
    for (const path of targets(redirect, context)) {
      if (NETWORK_FILE.test(path)) addTrait(context, 'raw-socket', shown(path));
      else input = redirectFile(redirect, path, input, outputs, context);
    }
  }
  return { input, finish: (output) => finish(output, outputs, context) };
}

type Output = { readonly path: string; readonly isAppended: boolean };
type FileRedirect = Redirect & { kind: 'file' };

/** bash opens a connection for these; no such file exists. */
const NETWORK_FILE = /^\/dev\/(tcp|udp)\//;

function redirectFile(
  redirect: FileRedirect,
  path: string,
  input: Stream,
  outputs: Output[],
  context: Context,
): Stream {
  const { operator, descriptor } = redirect;
  if (operator === '<' || operator === '<>') {
    for (const full of accessPath(context, 'read', path, '<')) {
      const isEmpty = full === '/dev/null';
      input = isEmpty ? NONE : (context.state.files.get(full) ?? { kind: 'file', path: full });
    }
    // `sh <&4` reads what was opened as the fourth.
    if (descriptor !== null) context.state.files.set(`/dev/fd/${descriptor}`, input);
    if (operator === '<') return input;
  }
  for (const full of accessPath(context, 'write', path, operator)) {
    if (descriptor === null || descriptor === 1)
      outputs.push({ path: full, isAppended: operator === '>>' || operator === '&>>' });
  }
  return input;
}

function hereStream(redirect: Redirect & { kind: 'here' }, context: Context): Stream {
  const texts = expandText(redirect.parts, context);
  const text = texts.length === 1 ? (texts[0] as string) : null;
  if (text === null) return { kind: 'local' };
  return { kind: 'text', text: redirect.isString ? `${text}\n` : text };
}

/** `2>&1` and `>&-` name descriptors, not files. */
function isDuplicate(redirect: FileRedirect, context: Context): boolean {
  if (redirect.operator !== '>&' && redirect.operator !== '<&') return false;
  const target = expandText(redirect.target.parts, context);
  return target.every((text) => /^(\d+-?|-)$/.test(text) || !isStatic(text));
}

/** What a descriptor that this script opened itself gives. */
function copied(redirect: FileRedirect, context: Context): Stream | undefined {
  if (redirect.operator !== '<&') return undefined;
  const [text = ''] = expandText(redirect.target.parts, context);
  return context.state.files.get(`/dev/fd/${text.replace(/-$/, '')}`);
}

const targets = (redirect: FileRedirect, context: Context): readonly string[] =>
  expandWord(redirect.target, context).map((fields) => fields.join(' '));

function finish(output: Stream, outputs: readonly Output[], context: Context): Stream {
  if (outputs.length === 0) return output;
  const { files } = context.state;
  for (const { path, isAppended } of outputs) {
    const before = isAppended ? files.get(path) : undefined;
    files.set(path, before === undefined ? output : joinStreams(before, output));
  }
  return NONE;
}

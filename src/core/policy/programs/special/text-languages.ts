import { addTrait } from '../../shell/evaluator.ts';
import { isStatic, MARK, shown } from '../../shell/marks.ts';
import type { Stream } from '../../shell/stream.ts';
import { accessPath } from '../access.ts';
import type { Call } from '../call.ts';
import { applyRole, applyValues } from '../roles.ts';
import { altered } from '../run-plain.ts';

/** `sed`: scripts may run (`e`), write (`w`) and read (`r`) files. */
export function runSed(call: Call): Stream {
  const { args, context } = call;
  const given = args.values
    .filter(({ flag }) => flag.name === '-e' || flag.name === '--expression')
    .map(({ value }) => value);
  const hasFile = args.flags.some((flag) => flag === '-f' || flag === '--file');
  const [first, ...rest] = args.operands;
  const isInline = given.length === 0 && !hasFile;
  const scripts = isInline && first !== undefined ? [first] : given;
  const files = isInline ? rest : args.operands;
  for (const script of scripts) judgeSed(call, script);
  applyValues(call);
  for (const { flag, value } of args.values) {
    // The ending of the backup may be a whole path.
    if (/^(-i|--in-place)$/.test(flag.name) && value.includes('/')) {
      accessPath(context, 'write', value.replaceAll('*', MARK.star), 'sed -i');
    }
  }
  const edits = args.flags.some((flag) => /^(-i|--in-place)$/.test(flag));
  for (const file of files) applyRole(call, edits ? 'edit' : 'read', file, '');
  if (hasFile) addTrait(context, 'runs-script', 'sed -f');
  return altered(context.input, files.length > 0);
}

function judgeSed(call: Call, script: string): void {
  const { context } = call;
  if (!isStatic(script) && !/^(-?n?)?s?/.test(script)) return;
  const found = readSed(shown(script));
  if (found === null) addTrait(context, 'unread-script', shown(script));
  for (const { kind, path } of found ?? []) {
    if (kind === 'run') addTrait(context, 'text-tool-runs', `sed ${shown(script)}`);
    else accessPath(context, kind, path, 'sed');
  }
  if (!isStatic(script)) addTrait(context, 'dynamic-argument', `sed ${shown(script)}`);
}

type SedEffect = { readonly kind: 'run' | 'read' | 'write'; readonly path: string };

/** The effects of a sed script, or null when it is not understood. */
function readSed(script: string): readonly SedEffect[] | null {
  const effects: SedEffect[] = [];
  let i = 0;
  const restOfLine = (): string => {
    const end = script.indexOf('\n', i);
    const text = script.slice(i, end < 0 ? script.length : end).trim();
    i = end < 0 ? script.length : end;
    return text;
  };
  while (i < script.length) {
    i = skipAddress(script, i);
    const command = script[i];
    i += 1;
    if (command === undefined) break;
    if (/[\s;{}]/.test(command)) continue;
    if (command === 'e') effects.push({ kind: 'run', path: restOfLine() });
    else if (/[wW]/.test(command)) effects.push({ kind: 'write', path: restOfLine() });
    else if (/[rR]/.test(command)) effects.push({ kind: 'read', path: restOfLine() });
    else if (command === 's' || command === 'y') {
      const end = skipDelimited(script, i, 2);
      if (end === null) return null;
      i = end;
      if (command === 'y') continue;
      const flags = /^[gpiIemM0-9]*/.exec(script.slice(i))?.[0] ?? '';
      i += flags.length;
      if (flags.includes('e')) effects.push({ kind: 'run', path: '' });
      if (script[i] === 'w') {
        i += 1;
        effects.push({ kind: 'write', path: restOfLine() });
      }
    } else if (/[aicbtT:vF#]/.test(command)) restOfLine2();
    else if (!/[=dDgGhHlnNpPqQxz]/.test(command)) return null;
    else while (/[0-9 ]/.test(script[i] ?? '')) i += 1;
  }
  return effects;

  function restOfLine2(): void {
    while (/\\$/.test(restOfLine()) && i < script.length) i += 1;
  }
}

/** Line numbers, `$`, `/re/`, `\cREc`, ranges, `!`. */
function skipAddress(script: string, start: number): number {
  let i = start;
  for (;;) {
    const char = script[i];
    if (char !== undefined && /[\s0-9$,!~+;{}]/.test(char)) i += 1;
    else if (char === '/') {
      const end = skipDelimited(script, i, 1);
      if (end === null) return i + 1;
      i = end;
      while (/[IM]/.test(script[i] ?? '')) i += 1;
    } else if (char === '\\') i = skipDelimited(script, i + 1, 1) ?? i + 1;
    else return i;
  }
}

/** The index after `count` texts between delimiters, the first of which stands at `start`. */
function skipDelimited(script: string, start: number, count: number): number | null {
  const delimiter = script[start];
  if (delimiter === undefined) return null;
  let left = count;
  let inSet = false;
  for (let i = start + 1; i < script.length; i += 1) {
    const char = script[i];
    if (char === '\\') i += 1;
    else if (char === '[' && !inSet && script.indexOf(']', i + 2) > 0) inSet = true;
    else if (char === ']') inSet = false;
    else if (char === delimiter && !inSet) {
      left -= 1;
      if (left === 0) return i + 1;
    }
  }
  return null;
}

/** `awk`: a program that may run commands and write files. */
export function runAwk(call: Call): Stream {
  const { args, context } = call;
  const hasFile = args.flags.some((flag) => /^(-f|--file|-i|--include|-E|--exec)$/.test(flag));
  const [program, ...rest] = args.operands;
  if (!hasFile && program !== undefined) judgeAwk(call, program);
  applyValues(call);
  if (hasFile) addTrait(context, 'runs-script', `${call.program.name} -f`);
  const isInPlace = args.values.some(({ value }) => /^inplace(\.awk)?$/.test(value));
  for (const file of hasFile ? args.operands : rest) {
    if (!/^\w+=/.test(file)) applyRole(call, isInPlace ? 'edit' : 'read', file, '');
  }
  return altered(context.input, rest.length > 0);
}

function judgeAwk(call: Call, program: string): void {
  const { context } = call;
  const code = shown(program);
  const bare = code.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  if (
    /\bsystem\s*\(|@\s*\w+\s*\(|\|\s*&?\s*getline|\|&|\bprintf?\b[^;}\n]*\|(?!\|)|\/inet|@load|@include/.test(
      bare,
    ) ||
    /"\/inet/.test(code)
  ) {
    addTrait(context, 'text-tool-runs', `awk ${code}`);
  }
  for (const match of code.matchAll(/\bprintf?\b[^;}\n]{0,200}>>?\s*"([^"]*)"/g)) {
    accessPath(context, 'write', match[1] as string, 'awk');
  }
  if (/\bprintf?\b[^;}\n(]*>\s*[^"\s\d]/.test(bare) || /\bprintf?\b[^;}\n]*>\s*\(/.test(bare))
    addTrait(context, 'unread-script', 'awk writes where its data says');
  for (const match of code.matchAll(/getline\b[^;}\n<]{0,80}<\s*"([^"]*)"/g)) {
    accessPath(context, 'read', match[1] as string, 'awk');
  }
  if (
    /\bwhile\s*\(\s*[1-9]\d*\s*\)|\bfor\s*\([^;)]*;\s*;/.test(bare) &&
    !/\b(break|exit)\b/.test(bare)
  )
    addTrait(context, 'endless', 'an awk loop that nothing ends');
  if (/\bENVIRON\b/.test(bare)) addTrait(context, 'dumps-environment', 'awk ENVIRON');
  if (!isStatic(program)) addTrait(context, 'dynamic-argument', `awk ${code}`);
}

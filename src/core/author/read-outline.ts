import { splitWords } from '../commands/words.ts';
import { cleanPath, repairPath } from '../edit/paths.ts';
import { fail, ok } from '../result.ts';
import type { Action, Image, Result } from '../types.ts';
import { mergeSteps } from './merge-steps.ts';
import type { Doing, Outline, OutlineStep, RawOutline, RawStep } from './outline.ts';

/** What an outline is checked against. Nothing here can change anything. */
export type OutlineSight = {
  /** The files of the workspace, as far as they could be listed. */
  readonly paths: readonly string[];
  /** Does an action in thought, after those before it; fails where it cannot be done then. */
  readonly foresee: (action: Action) => Result<unknown>;
  /** What lies there when all actions so far are done. */
  readonly look: (path: string) => Result<Image>;
  /** Why an action may not be planned; null where it may. */
  readonly forbids: (action: Action) => string | null;
  readonly untouched: readonly string[];
};

/**
 * An outline that fits a schema, as steps that can be worked out. What makes no sense is put right
 * where only one thing can be meant, and becomes an open point everywhere else.
 */
export function readOutline(raw: RawOutline, sight: OutlineSight): Outline {
  const { steps, isSameAs } = mergeSteps(raw.steps.slice(0, MOST_READ));
  const open: string[] = [];
  const planned: OutlineStep[] = [];
  const lost = new Set<number>();
  for (const { number, step } of steps) {
    const before = [...new Set((step.after ?? []).map((other) => isSameAs(other)))].filter(
      (other) => other < number && other > 0,
    );
    // A program can still run where a step is missing; a file would be written for what is not there.
    const missing = step.kind === 'run' ? undefined : before.find((other) => lost.has(other));
    const read =
      missing === undefined
        ? readStep(step, sight)
        : fail('failed', `it builds on step ${missing}, which could not be planned`);
    if (!read.ok) {
      lost.add(number);
      open.push(`Step ${number}, ${sayRaw(step)}: ${asSentence(read.error.message)}`);
      continue;
    }
    planned.push({
      id: String(number),
      why: clip(step.why),
      dependsOn: dependenciesOf(read.value, before.map(String), planned),
      ...read.value,
    });
  }
  const asked = (raw.open ?? []).map(clip).filter((point) => point !== '');
  return { goal: clip(raw.goal), steps: planned, open: [...asked.slice(0, MOST_OPEN), ...open] };
}

const MOST_READ = 100;
const MOST_OPEN = 10;
const MOST_CHARACTERS = 300;

/** One line of bounded length. */
const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
};

/** Several are told one after the other. */
const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What a program does with files is not known beforehand, so it waits for all of them. */
function dependenciesOf(
  doing: Doing,
  said: readonly string[],
  planned: readonly OutlineStep[],
): readonly string[] {
  if (doing.kind !== 'run') return said;
  return planned.map(({ id }) => id);
}

function sayRaw({ kind, path, to, argv }: RawStep): string {
  if (kind === 'run') return clip(`run ${(argv ?? []).join(' ') || (path ?? '')}`);
  return clip([kind, path ?? '', ...(to === undefined ? [] : ['to', to])].join(' '));
}

function readStep(step: RawStep, sight: OutlineSight): Result<Doing> {
  switch (step.kind) {
    case 'edit':
    case 'create':
      return readWriting(step.kind, step.path, sight);
    case 'delete':
      return readDelete(step.path, sight);
    case 'move':
      return readMove(step, sight);
    case 'run':
      return readRun(step, sight);
    default:
      return step.kind satisfies never;
  }
}

/** A file that is there is edited, also where the model would make it anew. */
function readWriting(
  kind: 'edit' | 'create',
  given: string | undefined,
  sight: OutlineSight,
): Result<Doing> {
  const path = kind === 'edit' ? findFile(given, sight) : readPath(given);
  if (!path.ok) return path;
  const image = sight.look(path.value);
  if (!image.ok) return refuse(image.error.message);
  const isThere = image.value.kind === 'file';
  if (kind === 'edit' && image.value.kind === 'absent') return refuse('there is no such file');
  if (isThere) {
    const hidden = sight.forbids({ kind: 'file.read', path: path.value });
    if (hidden !== null) return refuse(hidden);
  }
  const action: Action = {
    kind: isThere ? 'file.edit' : 'file.write',
    path: path.value,
    content: '',
  };
  return allow(action, { kind: isThere ? 'edit' : 'create', path: path.value }, sight);
}

function readDelete(given: string | undefined, sight: OutlineSight): Result<Doing> {
  const path = findFile(given, sight);
  if (!path.ok) return path;
  const doing: Doing = { kind: 'delete', path: path.value };
  return allow({ kind: 'file.delete', path: path.value }, doing, sight);
}

function readMove({ path, to }: RawStep, sight: OutlineSight): Result<Doing> {
  const from = findFile(path, sight);
  if (!from.ok) return from;
  const target = readPath(to);
  if (!target.ok) return target;
  const doing: Doing = { kind: 'move', from: from.value, to: target.value };
  return allow({ kind: 'file.move', from: from.value, to: target.value }, doing, sight);
}

function readRun({ argv = [], check = false }: RawStep, sight: OutlineSight): Result<Doing> {
  const words = readWords(argv);
  if (!words.ok) return words;
  const doing: Doing = { kind: 'run', argv: words.value, isCheck: check };
  return allow({ kind: 'shell.run', argv: words.value }, doing, sight);
}

/** `["npm test"]` is two words that stand in one. */
function readWords(argv: readonly string[]): Result<readonly string[]> {
  const [only] = argv;
  if (argv.length === 0 || argv.every((word) => word.trim() === '')) {
    return refuse('it does not say what to run');
  }
  const hasShell = argv.some((word) => /[\0\n]/.test(word) || /^(?:&&|\|\|?|;|>>?|<)$/.test(word));
  if (hasShell || (argv.length === 1 && /[|&;<>$`]/.test(only ?? ''))) {
    return refuse('it wants a shell, and programs run without one');
  }
  if (argv.length > 1) return ok(argv);
  const split = splitWords(only ?? '');
  return split.ok && split.value.length > 0 ? split : refuse('its words cannot be told apart');
}

function allow(action: Action, doing: Doing, sight: OutlineSight): Result<Doing> {
  const paths = 'from' in action ? [action.from, action.to] : 'path' in action ? [action.path] : [];
  const kept = paths.find((path) => sight.untouched.includes(path));
  if (kept !== undefined) return refuse(`${kept} is to stay as it is`);
  const reason = sight.forbids(action);
  if (reason !== null) return refuse(reason);
  const foreseen = sight.foresee(action);
  return foreseen.ok ? ok(doing) : refuse(foreseen.error.message);
}

/** The file itself, else the only one that is written alike or has the same name. */
function findFile(given: string | undefined, sight: OutlineSight): Result<string> {
  const path = readPath(given);
  if (!path.ok) return path;
  const exists = (other: string) => {
    const image = sight.look(other);
    return image.ok && image.value.kind !== 'absent';
  };
  if (exists(path.value)) return path;
  const repaired = repairPath(path.value, { paths: sight.paths, exists });
  return repaired.ok && exists(repaired.value)
    ? ok(repaired.value)
    : refuse(repaired.ok ? `there is no ${path.value}` : repaired.error.message);
}

function readPath(given: string | undefined): Result<string> {
  if (given === undefined || given.trim() === '') return refuse('it names no file');
  const clean = cleanPath(given);
  return clean.ok ? ok(clean.value) : refuse(clean.error.message);
}

const refuse = (why: string) => fail('failed', why);

import { STEP_LIMITS } from '../../core/run/limits.ts';
import { isProgram } from '../../core/run/resolve-cage.ts';
import type { CageReport, Rung, Step, StepLimits, Tone } from '../../core/types.ts';
import { counted, type Note, note } from './note.ts';

/** What is known of what programs run in. */
export type SeenCage =
  /** The plan runs none. */
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'known'; readonly report: CageReport }
  | { readonly kind: 'failed'; readonly message: string };

/** What the program of a step runs in, what it gets, and where its writes land. */
export function describeCage(
  step: Step,
  cage: SeenCage,
  /** What findings have said already. */
  said: readonly string[] = [],
): readonly Note[] {
  const { action } = step;
  if (!isProgram(action)) return [];
  return [
    ...(action.kind === 'shell.run' ? describeWishes(action) : []),
    ...describeRung(cage, usesNetwork(step)),
    ...(usesNetwork(step) && !said.includes('network')
      ? [note('it may use the network: what it sends cannot be taken back', 'warn', 2)]
      : []),
    ...describeWrites(step, cage, said),
  ];
}

export const usesNetwork = ({ action }: Pick<Step, 'action'>): boolean =>
  isProgram(action) && action.network === true;

/** What all programs of a plan run in; which of them use the network is said of each. */
export function describeAll(cage: SeenCage): readonly Note[] {
  const [first, ...more] = describeRung(cage, false);
  if (cage.kind !== 'known' || first === undefined) return first === undefined ? [] : [first];
  return [
    { ...first, text: `Programs run on ${first.text}.` },
    ...more,
    ...(cage.report.view === 'direct' ? [note(ALL_DIRECT, 'warn', 2)] : []),
  ];
}

/** `rung L3 (bwrap), no network`, and what that rung holds. */
function describeRung(cage: SeenCage, isAsked: boolean): readonly Note[] {
  switch (cage.kind) {
    case 'none':
      return [];
    case 'waiting':
      return [note('What programs run in is still being tried.', 'dim')];
    case 'failed':
      return [note(`What programs run in could not be tried: ${cage.message}`, 'warn', 2)];
    case 'known': {
      const { rung, by, holds } = cage.report;
      const text = `rung ${rung} (${rung === 'L0' ? 'no cage' : by}), ${sayNetwork(rung, isAsked)}`;
      return [
        note(text, RUNG_TONES[rung], 2),
        ...(holds === '' ? [] : [note(`  ${holds}`, 'dim', 2)]),
      ];
    }
    default:
      return cage satisfies never;
  }
}

/** Without a cage nothing is turned off. */
function sayNetwork(rung: Rung, isAsked: boolean): string {
  if (isAsked) return rung === 'L0' ? 'with the network' : 'but with the network';
  return rung === 'L0' ? 'the network stays open' : 'no network';
}

const RUNG_TONES: Readonly<Record<Rung, Tone>> = {
  L0: 'bad',
  L1: 'warn',
  L2: 'plain',
  L3: 'plain',
};

function describeWrites({ check }: Step, cage: SeenCage, said: readonly string[]): readonly Note[] {
  if (cage.kind !== 'known') return [];
  switch (cage.report.view) {
    case 'overlay':
    case 'copy':
      return [note(check ? LOST : HELD, 'dim', 2)];
    case 'direct':
      return said.includes('irreversible') ? [] : [note(DIRECT, 'warn', 2)];
    default:
      return cage.report.view satisfies never;
  }
}

const LOST = 'it is only a check: what it changes is thrown away';
const HELD = 'what it changes is held back until the rules or you accept it';
const ALL_DIRECT =
  'They write into the workspace itself: what they do to files cannot be taken back.';
const DIRECT = 'it writes into the workspace itself: what it does to files cannot be taken back';

function describeWishes(action: {
  readonly terminal?: boolean;
  readonly limits?: StepLimits;
}): readonly Note[] {
  const limits = STEP_LIMITS.flatMap((name) => {
    const value = action.limits?.[name];
    return value === undefined ? [] : [LIMIT_WORDS[name](value)];
  });
  return [
    ...(action.terminal === true
      ? [note('gets a terminal that nobody types into', 'plain', 2)]
      : []),
    ...(limits.length === 0 ? [] : [note(`asks for limits: ${limits.join(', ')}`, 'plain', 2)]),
  ];
}

const LIMIT_WORDS: Readonly<Record<keyof StepLimits, (value: number) => string>> = {
  seconds: (value) => `${value} s`,
  cpuSeconds: (value) => `${value} s of CPU`,
  memoryMb: (value) => `${value} MB of memory`,
  fileMb: (value) => `${value} MB in one file`,
  diskMb: (value) => `${value} MB written`,
  processes: (value) => (value === 1 ? '1 process' : `${value} processes`),
  openFiles: (value) => counted(value, 'open file'),
  outputKb: (value) => `${value} KB of output`,
};

/** What must not be overlooked while anything of the plan is read. */
export const bannerOf = (cage: SeenCage): string | null =>
  cage.kind === 'known' && cage.report.rung === 'L0'
    ? '! L0, NO CAGE: programs can read, write and send whatever you can.'
    : null;

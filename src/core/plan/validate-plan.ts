import { redactText } from '../audit/redact-text.ts';
import { foldPath } from '../policy/paths/normalise.ts';
import type { Content, Finding, Image, Plan, Step } from '../types.ts';

/** What the validator may look at besides the plan itself. */
export type ValidatorSight = {
  readonly freeBytes: number | null;
  /** The text that lies at a path now, where it is a text. */
  readonly textOf: (path: string) => string | null;
};

/** What a person should know before they are asked, beyond what stands in the way of a step. */
export function validatePlan(plan: Plan, sight: ValidatorSight): readonly Finding[] {
  return [
    ...plan.open.map((point): Finding => {
      return { severity: 'warn', code: 'open-point', message: point };
    }),
    ...(plan.steps.length === 0 ? [EMPTY] : []),
    ...plan.steps.flatMap((step) => [...findSecrets(step, sight), ...findOversize(step)]),
    ...findOverwrites(plan.steps),
    ...findNameClashes(plan.steps),
    ...findUncallable(plan.steps),
    ...findNoSpace(plan.steps, sight),
  ];
}

const EMPTY: Finding = {
  severity: 'error',
  code: 'empty',
  message: 'The plan has no steps.',
  remedy: 'Nothing was understood as a change; say it in other words.',
};

/** A file beyond this is kept and restored, but nobody reviews it. */
const MOST_REVIEWED_BYTES = 1024 * 1024;
const MOST_FILE_BYTES = 64 * 1024 * 1024;

function findOversize({ id, after }: Step): readonly Finding[] {
  return after.flatMap((image): readonly Finding[] => {
    if (image.kind !== 'file' || image.size <= MOST_REVIEWED_BYTES) return [];
    const isTooMuch = image.size > MOST_FILE_BYTES;
    return [
      {
        severity: isTooMuch ? 'error' : 'info',
        code: 'size',
        step: id,
        message: `${image.path} will have ${image.size} bytes.`,
        remedy: isTooMuch
          ? `At most ${MOST_FILE_BYTES} bytes can be written.`
          : 'Look whether that is meant.',
      },
    ];
  });
}

function findSecrets({ id, action }: Step, { textOf }: ValidatorSight): readonly Finding[] {
  if (action.kind !== 'file.write' && action.kind !== 'file.edit') return [];
  const before = new Set(secretsIn(textOf(action.path) ?? ''));
  const added = secretsIn(textIn(action.content)).filter((secret) => !before.has(secret));
  if (added.length === 0) return [];
  const [first] = added;
  return [
    {
      severity: 'warn',
      code: 'secret',
      step: id,
      message: `What looks like a secret would be written into ${action.path}: line ${first?.replace(/:.*/s, '')}${added.length > 1 ? ` and ${added.length - 1} more` : ''}.`,
      remedy: 'Keep it in the environment or in a file that is ignored.',
    },
  ];
}

const textIn = (content: Content): string => (typeof content === 'string' ? content : '');

/** The lines that would not be recorded as they are, with their numbers. */
function secretsIn(text: string): readonly string[] {
  if (text.length > MOST_REVIEWED_BYTES || redactText(text) === text) return [];
  return text
    .split('\n')
    .flatMap((line, index) => (redactText(line) === line ? [] : [`${index + 1}:${line}`]));
}

function findOverwrites(steps: readonly Step[]): readonly Finding[] {
  const written = new Map<string, string>();
  return steps.flatMap(({ id, action }): readonly Finding[] => {
    if (action.kind !== 'file.write') return [];
    const earlier = written.get(action.path);
    written.set(action.path, id);
    if (earlier === undefined) return [];
    return [
      {
        severity: 'warn',
        code: 'contradiction',
        step: id,
        message: `Step ${id} writes ${action.path} over what step ${earlier} wrote there.`,
        remedy: 'Leave one of the two out.',
      },
    ];
  });
}

/** Names that a Mac or a Windows disk, or a reader's eye, takes for one. */
function findNameClashes(steps: readonly Step[]): readonly Finding[] {
  const names = new Map<string, string>();
  return steps.flatMap(({ id, after }) =>
    after.flatMap(({ path, kind }): readonly Finding[] => {
      if (kind === 'absent') return [];
      const known = names.get(foldPath(path)) ?? path;
      names.set(foldPath(path), known);
      if (known === path) return [];
      return [
        {
          severity: 'warn',
          code: 'look-alike',
          step: id,
          message: `${path} and ${known} differ only in letter case or in characters that do not show.`,
          remedy: 'Give one of them another name.',
        },
      ];
    }),
  );
}

function findUncallable(steps: readonly Step[]): readonly Finding[] {
  return steps.flatMap(({ id, action }): readonly Finding[] => {
    if (action.kind === 'plugin.call') {
      return [
        {
          severity: 'error',
          code: 'unavailable',
          step: id,
          message: `No plugin ${action.plugin} is there to be called.`,
          remedy: 'Leave the step out.',
        },
      ];
    }
    return [];
  });
}

/** The new bytes, the old ones in the checkpoint, and air. */
function findNoSpace(steps: readonly Step[], { freeBytes }: ValidatorSight): readonly Finding[] {
  if (freeBytes === null) return [];
  const sizeOf = (images: readonly Image[]) =>
    images.reduce((sum, image) => sum + (image.kind === 'file' ? image.size : 0), 0);
  const needed = steps.reduce((sum, step) => sum + sizeOf(step.before) + sizeOf(step.after), 0);
  if (needed + SPARE_BYTES <= freeBytes) return [];
  return [
    {
      severity: 'error',
      code: 'disk',
      message: `The plan needs about ${needed} bytes, and ${freeBytes} are free.`,
      remedy: 'Make room: checkpoints prune, or delete what is not needed.',
    },
  ];
}

const SPARE_BYTES = 1024 * 1024;

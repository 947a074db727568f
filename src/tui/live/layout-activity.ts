import { makeVisible } from '../../core/display/escape.ts';
import { type Line, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { groupDigits } from '../../core/text/group-digits.ts';
import type { ModelActivity, Progress } from '../../core/types.ts';
import { clip } from './clip.ts';
import { describeProgram } from './describe-program.ts';
import type { Activity, Look, Part, View } from './view.ts';

/** How long one picture of the spinner stands. */
export const SPIN_MS = 100;
const SPIN = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const ASCII_SPIN = ['|', '/', '-', '\\'];

/** What runs, for how long, and how to stop it. */
export function layoutActivity(view: View, look: Look): readonly Line[] {
  const { activity } = view;
  if (activity === null) return [];
  const pictures = look.isAscii ? ASCII_SPIN : SPIN;
  const picture = pictures[Math.floor(activity.elapsedMs / SPIN_MS) % pictures.length] ?? '';
  const all = view.size.columns - 1 - look.width(picture) - 1;
  const { what, parts } = whatRuns(view, activity);
  const name = makeVisible(what, look.isAscii).replaceAll('\n', ' ');
  const rest = join(fitting(parts, all - Math.min(look.width(name), MIN_NAME), look), look);
  return [
    [
      span(`${picture} `, 'accent'),
      span(clip(name, Math.max(0, all - look.width(rest)), look)),
      span(clip(rest, all, look), 'dim'),
    ],
  ];
}

/** So much of the name stays before what is said of it goes. */
const MIN_NAME = 12;

function whatRuns(
  { program, progress, talk }: View,
  activity: Activity,
): { readonly what: string; readonly parts: readonly Part[] } {
  const far = progress === null ? [] : [{ text: howFar(progress), drop: 2 }];
  const stop = { text: 'Ctrl+C stops', drop: 0 };
  if (program !== null) {
    const { what, parts } = describeProgram(program);
    return { what, parts: [...parts, ...far, stop] };
  }
  const elapsed = { text: `${(activity.elapsedMs / 1000).toFixed(1)} s`, drop: 0 };
  const what = talk === null ? nameOf(activity) : sayPhase(talk);
  return { what, parts: [...far, elapsed, stop] };
}

function fitting(parts: readonly Part[], room: number, look: Look): readonly Part[] {
  const last = Math.max(...parts.map(({ drop }) => drop));
  if (last === 0 || look.width(join(parts, look)) <= room) return parts;
  const kept = parts.filter(({ drop }) => drop < last);
  return fitting(kept, room, look);
}

const join = (parts: readonly Part[], look: Look): string =>
  parts.map(({ text }) => ` ${symbolsOf(look).dot} ${text}`).join('');

/** What a model is doing, in words. */
export function sayPhase({
  phase,
  model,
  sizeBytes,
  promptTokens,
  answerTokens,
  lookingAt,
}: ModelActivity): string {
  switch (phase) {
    case 'loading':
      return `loading ${model}${sizeBytes ? `, ${(sizeBytes / 1e9).toFixed(1)} GB` : ''}`;
    case 'reading':
      return promptTokens > 0
        ? `reading ${groupDigits(promptTokens)} tokens`
        : 'looking for the model';
    case 'thinking':
      return `thinking, ${groupDigits(answerTokens)} tokens`;
    case 'writing':
      return `writing, ${groupDigits(answerTokens)} tokens`;
    case 'looking':
      return `looking: ${lookingAt ?? ''}`;
    default:
      return phase satisfies never;
  }
}

const howFar = ({ what, done, total }: Progress): string => `${done} of ${total} ${what}`;

/** The line mostly begins with the name. */
const nameOf = ({ name, line }: Activity): string =>
  line.startsWith(name) ? line : `${name}  ${line}`;

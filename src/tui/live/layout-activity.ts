import { makeVisible } from '../../core/display/escape.ts';
import { type Line, span } from '../../core/display/line.ts';
import { symbolsOf } from '../../core/display/symbols.ts';
import { groupDigits } from '../../core/text/group-digits.ts';
import type { ModelActivity, Progress } from '../../core/types.ts';
import { clip } from './clip.ts';
import type { Look, View } from './view.ts';

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
  const dot = ` ${symbolsOf(look).dot} `;
  const what = makeVisible(view.talk ? sayPhase(view.talk) : whatRuns(activity), look.isAscii);
  const far = view.progress === null ? '' : `${dot}${howFar(view.progress)}`;
  const rest = `${far}${dot}${(activity.elapsedMs / 1000).toFixed(1)} s${dot}Ctrl+C stops`;
  const room = view.size.columns - 1 - look.width(picture) - 1 - look.width(rest);
  return [
    [
      span(`${picture} `, 'accent'),
      span(clip(what.replaceAll('\n', ' '), Math.max(0, room), look)),
      span(rest, 'dim'),
    ],
  ];
}

/** What a model is doing, in words. */
export function sayPhase({
  phase,
  model,
  sizeBytes,
  promptTokens,
  answerTokens,
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
    default:
      return phase satisfies never;
  }
}

const howFar = ({ what, done, total }: Progress): string => `${done} of ${total} ${what}`;

/** The line mostly begins with the name. */
const whatRuns = ({ name, line }: NonNullable<View['activity']>): string =>
  line.startsWith(name) ? line : `${name}  ${line}`;

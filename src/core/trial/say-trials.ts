import { groupDigits } from '../text/group-digits.ts';
import { EDIT_FORMS, type ModelHabit } from '../types.ts';
import type { Copy, Speed, Tally, Trials, WindowTrial } from './trials.ts';

/** What was seen, a row for each thing: what, how it came out, and what was wrong with it. */
export function trialRows(trials: Trials): readonly (readonly string[])[] {
  const { speed, schema, nativeCalls, textCalls, forms, copies, windows } = trials;
  return [
    ...speedRows(speed),
    rowOf('answers in a given form', schema),
    ...(nativeCalls.of > 0 ? [rowOf('calls of tools', nativeCalls)] : []),
    ...(textCalls.of > 0 ? [rowOf('calls written as text', textCalls)] : []),
    ...EDIT_FORMS.map((form) => rowOf(`edits: ${form}`, forms[form])),
    ['files copied whole', ...sayCopies(copies)],
    ...windows.map((trial) => [
      `a window of ${groupDigits(trial.contextTokens)}`,
      ...sayWindow(trial),
    ]),
  ];
}

const rowOf = (what: string, { right, of, problems }: Tally): readonly string[] => [
  what,
  of === 0 ? 'not tried' : `${right} of ${of}`,
  problems[0] ?? '',
];

const speedRows = ({ readTokensPerSecond, writeTokensPerSecond, loadMs }: Speed) => [
  ['reading', sayRate(readTokensPerSecond), ''],
  ['writing', sayRate(writeTokensPerSecond), ''],
  ['loading', loadMs === null ? 'it was loaded' : `${(loadMs / 1000).toFixed(1)} s`, ''],
];

/** `14 tok/s` */
const sayRate = (rate: number | null): string =>
  rate === null ? 'not known' : `${rate >= 20 ? groupDigits(Math.round(rate)) : rate} tok/s`;

function sayCopies(copies: readonly Copy[]): readonly string[] {
  const failed = copies.find(({ problem }) => problem !== null);
  const most = Math.max(0, ...copies.filter((copy) => copy !== failed).map(({ tokens }) => tokens));
  const reach = most === 0 ? 'none' : `up to ${groupDigits(most)} tokens`;
  if (failed === undefined) return [copies.length === 0 ? 'not tried' : reach, ''];
  return [reach, `${groupDigits(failed.tokens)} tokens: ${failed.problem}`];
}

function sayWindow({ promptTokens, outcome, isSpilled }: WindowTrial): readonly string[] {
  const asked = `at ${groupDigits(promptTokens)} tokens`;
  switch (outcome) {
    case 'found':
      return [
        'remembers',
        isSpilled ? `${asked}; but not all of the model fits into fast memory` : asked,
      ];
    case 'lost':
      return ['forgets', `${asked}; what stood at the beginning was not known at the end`];
    case 'refused':
      return ['does not work', ''];
    default:
      return outcome satisfies never;
  }
}

/** What follows from it, a sentence for each thing. */
export const verdicts = (habit: ModelHabit): readonly string[] => [
  sayForm(habit),
  sayTools(habit),
  ...(habit.hasSchema === false
    ? ['It does not keep to a form, so outlines of plans may fail.']
    : []),
  habit.contextTokens === null
    ? 'No window was seen to work to its end, so the usual one stays.'
    : `It starts with a window of ${groupDigits(habit.contextTokens)} tokens.`,
  ...(habit.isWhole
    ? []
    : [
        `The time was over before all was tried; the usual ways hold for the rest. More of it: models test ${habit.name} --minutes N`,
      ]),
];

/** All of it in a line. */
export const sayHabit = (habit: ModelHabit): string =>
  [
    sayFormShortly(habit),
    habit.toolMode === null ? 'tools not seen' : `tools: ${TOOL_WORDS[habit.toolMode]}`,
    ...(habit.contextTokens === null ? [] : [`window ${groupDigits(habit.contextTokens)}`]),
    ...(habit.writeTokensPerSecond === null ? [] : [sayRate(habit.writeTokensPerSecond)]),
    `tested ${habit.testedAt.slice(0, 10)}`,
  ].join(', ');

const TOOL_WORDS = { native: 'calls', text: 'as text', none: 'none' } as const;

const sayFormShortly = ({ form: { wholeTokens, beyond } }: ModelHabit): string =>
  wholeTokens === 0 ? beyond : `whole files to ${groupDigits(wholeTokens)}, then ${beyond}`;

function sayForm({ form: { wholeTokens, beyond } }: ModelHabit): string {
  return wholeTokens === 0
    ? `It is asked for edits as ${beyond}.`
    : `It is asked for whole files up to ${groupDigits(wholeTokens)} tokens, and for ${beyond} beyond.`;
}

function sayTools({ toolMode }: ModelHabit): string {
  switch (toolMode) {
    case 'native':
      return 'It calls tools.';
    case 'text':
      return 'It calls tools by writing the calls out as text.';
    case 'none':
      return 'It does not call tools in a way that can be read.';
    case null:
      return 'Whether it calls tools was not seen.';
    default:
      return toolMode satisfies never;
  }
}

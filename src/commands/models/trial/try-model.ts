import { failModel } from '../../../core/models/trouble.ts';
import { USUAL_CONTEXT_TOKENS } from '../../../core/models/usual-window.ts';
import { ok } from '../../../core/result.ts';
import { COPY_TOKENS, EDIT_CASES } from '../../../core/trial/edit-cases.ts';
import { isEmpty } from '../../../core/trial/learn-habit.ts';
import { isTextWorthTrying } from '../../../core/trial/learn-tool-mode.ts';
import { MOST_TRIED_TOKENS } from '../../../core/trial/learn-window.ts';
import { SCHEMA_CASES } from '../../../core/trial/schema-cases.ts';
import { TOOL_CASES } from '../../../core/trial/tool-cases.ts';
import { NOTHING_TRIED, type Trials } from '../../../core/trial/trials.ts';
import {
  EDIT_FORMS,
  type Failure,
  type ModelCard,
  type ModelDetails,
  type Result,
} from '../../../core/types.ts';
import type { CommandContext } from '../../command.ts';
import { type Bench, openBench } from './open-bench.ts';
import { type Counted, trySchema, tryTools } from './try-answers.ts';
import { tryCopies, tryForms } from './try-edits.ts';
import { trySpeed } from './try-speed.ts';
import { tryWindows } from './try-windows.ts';

export type TriedModel = {
  readonly trials: Trials;
  readonly requests: number;
  readonly tookMs: number;
  /** The window that the model was loaded with last. */
  readonly lastTokens: number;
};

/** Which part of the time may be over after each: what decides the most has the most of it. */
const UNTIL = { speed: 0.4, answers: 0.5, forms: 0.8, copies: 0.88 } as const;

const WINDOWS = 3;
const PLANNED =
  1 +
  SCHEMA_CASES.length +
  TOOL_CASES.length +
  EDIT_CASES.length * EDIT_FORMS.length +
  COPY_TOKENS.length +
  WINDOWS;

/** Everything that is tried of a model, as far as there is time. Fails where the server does. */
export async function tryModel(
  context: CommandContext,
  card: ModelCard,
  minutes: number,
): Promise<Result<TriedModel>> {
  const shown = await context.readers.models.show(card.name, context.signal);
  if (!shown.ok) return shown;
  const sizes = sizesOf(card, shown.value);
  const bench = openBench(context, card, { minutes, plannedRequests: PLANNED });
  const opened = await bench.open(sizes.startTokens);
  if (!opened.ok) return opened;
  const talker = opened.value;
  const speed = await trySpeed(bench, talker, UNTIL.speed);
  if (!speed.ok) return broken(bench, speed);
  if (speed.value === 'no-time') return tooSlow(card, minutes);
  const schema = await trySchema(bench, talker, UNTIL.answers);
  if (!schema.ok) return broken(bench, schema);
  const can = shown.value.abilities.includes('tools');
  const native = can ? await tryTools(bench, talker, 'native', UNTIL.answers) : NOT_TRIED;
  if (!native.ok) return broken(bench, native);
  const text = isTextWorthTrying(native.value.tally)
    ? await tryTools(bench, talker, 'text', UNTIL.answers)
    : NOT_TRIED;
  if (!text.ok) return broken(bench, text);
  const forms = await tryForms(bench, talker, UNTIL.forms);
  if (!forms.ok) return broken(bench, forms);
  const contextTokens = sizes.startTokens;
  const copies = await tryCopies(bench, talker, { contextTokens, until: UNTIL.copies });
  if (!copies.ok) return broken(bench, copies);
  const windows = await tryWindows(bench, talker, sizes);
  if (!windows.ok) return broken(bench, windows);
  const parts = [schema, native, text, forms, copies, windows];
  const trials: Trials = {
    speed: speed.value,
    schema: schema.value.tally,
    nativeCalls: native.value.tally,
    textCalls: text.value.tally,
    forms: forms.value.forms,
    copies: copies.value.copies,
    windows: windows.value.windows,
    isWhole: parts.every(({ value }) => value.isWhole),
  };
  if (isEmpty(trials)) return tooSlow(card, minutes);
  const { lastTokens } = windows.value;
  return ok({ trials, requests: bench.requests(), tookMs: bench.tookMs(), lastTokens });
}

const NOT_TRIED = ok<Counted>({ tally: NOTHING_TRIED, isWhole: true });

/** A window that somebody chose for the model is not made larger. */
function sizesOf(
  { loaded, maxContextTokens }: ModelCard,
  { chosenContextTokens }: ModelDetails,
): { readonly startTokens: number; readonly mostTokens: number } {
  const max = maxContextTokens > 0 ? maxContextTokens : Number.MAX_SAFE_INTEGER;
  if (chosenContextTokens > 0) {
    const tokens = Math.min(chosenContextTokens, max);
    return { startTokens: tokens, mostTokens: tokens };
  }
  const usual = Math.min(USUAL_CONTEXT_TOKENS, max);
  const now = loaded?.contextTokens ?? 0;
  const startTokens = now > usual && now <= MOST_TRIED_TOKENS ? now : usual;
  return { startTokens, mostTokens: max };
}

/** What was seen until then is not kept: it was seen of a server that was about to fail. */
function broken({ card, requests }: Bench, { error }: { readonly error: Failure }) {
  if (error.code === 'cancelled') return { ok: false, error } as const;
  const message = `The test of ${card.name} broke off at request ${requests()}, and nothing of it is kept: ${error.message}`;
  return { ok: false, error: { ...error, message } } as const;
}

const tooSlow = ({ name }: ModelCard, minutes: number) =>
  failModel(
    'silent',
    `${name} gave no answers within its part of ${minutes} minutes; nothing is kept.`,
    {
      hint: `Give it more time: models test ${name} --minutes ${minutes * 3}`,
    },
  );

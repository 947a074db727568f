import { fail, ok } from '../../core/result.ts';
import { learnHabit } from '../../core/trial/learn-habit.ts';
import { trialRows, verdicts } from '../../core/trial/say-trials.ts';
import type { Change, Json, ModelHabit } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { TALK_LIMITS } from '../talk/talk-limits.ts';
import { findInstalled } from './find-installed.ts';
import { fitToTalk } from './fit-to-talk.ts';
import { MODEL_NAME_OR_USED } from './name-arg.ts';
import { type TriedModel, tryModel } from './trial/try-model.ts';

const USUAL_MINUTES = 3;
const MOST_MINUTES = 120;

export const modelsTest = defineCommand({
  name: 'models test',
  family: 'models',
  summary: 'Tries what a model does best, on small built-in tasks, and goes by it from then on',
  examples: ['models test', 'models test qwen2.5-coder:7b --minutes 10'],
  kind: 'steer',
  risk: 'low',
  wants: ['model'],
  // The minutes are the bound; loading a model may come on top of them.
  limits: TALK_LIMITS,
  args: {
    name: MODEL_NAME_OR_USED,
    minutes: {
      kind: 'option',
      type: 'integer',
      min: 1,
      max: MOST_MINUTES,
      valueName: 'N',
      summary: `How long it may take; ${USUAL_MINUTES} minutes where nothing is said`,
    },
  },
  async run({ name, minutes = USUAL_MINUTES }, context) {
    const found = await findInstalled(name, context);
    if (!found.ok) return found;
    const card = found.value;
    const fit = fitToTalk(card);
    if (!fit.ok) return fit;
    if (card.digest === '') return noDigest(card.name);
    // What cannot be kept in the end need not be found out.
    const known = context.readers.habits.find(card.digest);
    if (!known.ok) return known;
    const tried = await tryModel(context, card, minutes);
    if (!tried.ok) return tried;
    const { requests } = tried.value;
    context.progress({ what: 'checks', done: requests, total: requests });
    const { digest, name: model } = card;
    const testedAt = context.now().toISOString();
    const habit = learnHabit({ digest, name: model, testedAt }, tried.value.trials);
    context.show({
      kind: 'table',
      columns: ['what', 'result', ''],
      rows: trialRows(tried.value.trials),
    });
    return ok({
      kind: 'steered',
      changes: changesFor(habit, tried.value),
      done: { kind: 'text', text: verdicts(habit).join('\n') },
      data: documentOf(habit, tried.value),
    });
  },
});

/**
 * What was learned, and the model as the next question will want it: a window that was only tried
 * must not be taken for one that somebody loaded it with.
 */
function changesFor(habit: ModelHabit, { lastTokens }: TriedModel): readonly Change[] {
  const { name: model, contextTokens } = habit;
  const isOther = lastTokens !== contextTokens;
  return [
    { kind: 'model.learn', habit },
    ...(isOther ? [{ kind: 'model.unload', model } as const] : []),
    { kind: 'model.warm', model },
  ];
}

const documentOf = (habit: ModelHabit, { trials, requests, tookMs }: TriedModel): Json => ({
  model: habit.name,
  learned: habit as unknown as Json,
  verdicts: verdicts(habit),
  trials: trials as unknown as Json,
  requests,
  seconds: Math.round(tookMs / 100) / 10,
});

const noDigest = (name: string) =>
  fail('unavailable', `The server does not say what ${name} is, so nothing can be kept of it.`, {
    hint: 'Update Ollama.',
  });

import { isSameModel } from '../../core/models/names.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { findInstalled } from './find-installed.ts';
import { MODEL_NAME_OR_USED } from './name-arg.ts';

export const modelsForget = defineCommand({
  name: 'models forget',
  family: 'models',
  summary: 'Forgets what was learned of a model; the usual ways hold again',
  examples: ['models forget', 'models forget qwen2.5-coder:7b'],
  kind: 'steer',
  risk: 'low',
  wants: ['model'],
  args: { name: MODEL_NAME_OR_USED },
  async run({ name }, context) {
    const found = await findLearned(name, context);
    if (!found.ok) return found;
    const { model, digest } = found.value;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'model.forget', model, digest }],
      done: { kind: 'text', text: `What was learned of ${model} is forgotten.` },
      data: { model, digest },
    });
  },
});

type Learned = { readonly model: string; readonly digest: string };

/** Of the model that has this name now; else of one that had it when it was tested. */
async function findLearned(
  name: string | undefined,
  context: CommandContext,
): Promise<Result<Learned>> {
  const { habits } = context.readers;
  const installed = await findInstalled(name, context);
  if (installed.ok) {
    const { name: model, digest } = installed.value;
    const habit = habits.find(digest);
    // What cannot be understood is moved aside.
    if (!habit.ok || habit.value !== null) return ok({ model, digest });
  }
  const listed = habits.list();
  if (!listed.ok) return listed;
  const wanted = name ?? (installed.ok ? installed.value.name : null);
  const named = listed.value.habits.find(
    (habit) => wanted !== null && isSameModel(habit.name, wanted),
  );
  if (named !== undefined) return ok({ model: named.name, digest: named.digest });
  if (wanted === null && !installed.ok) return installed;
  return fail('not-found', `Nothing was learned of ${wanted}.`, {
    hint: 'models shows what was learned.',
  });
}

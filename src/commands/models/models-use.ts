import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { findInstalled } from './find-installed.ts';
import { fitToTalk } from './fit-to-talk.ts';
import { MODEL_NAME } from './name-arg.ts';

export const modelsUse = defineCommand({
  name: 'models use',
  family: 'models',
  summary: 'Chooses the model that answers, from now on',
  examples: ['models use qwen2.5-coder:7b'],
  kind: 'steer',
  risk: 'low',
  args: { name: MODEL_NAME },
  async run({ name }, context) {
    const found = await findInstalled(name, context);
    if (!found.ok) return found;
    const card = found.value;
    const fit = fitToTalk(card);
    if (!fit.ok) return fit;
    const loaded = context.readers.config.load();
    const current = loaded.ok ? loaded.value.all.find(({ key }) => key === 'model') : undefined;
    const isOverruled = current?.source === 'environment' || current?.source === 'workspace';
    const note = isOverruled
      ? ` But ${current.from} says ${String(current.value)}, and that wins.`
      : '';
    return ok({
      kind: 'steered',
      changes: [{ kind: 'config.set', scope: 'user', key: 'model', value: card.name }],
      done: { kind: 'text', text: `${card.name} answers from now on.${note}` },
      data: { model: card.name },
    });
  },
});

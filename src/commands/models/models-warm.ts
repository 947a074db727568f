import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { findInstalled } from './find-installed.ts';
import { MODEL_NAME_OR_USED } from './name-arg.ts';

export const modelsWarm = defineCommand({
  name: 'models warm',
  family: 'models',
  summary: 'Loads a model into memory, so that the next answer begins at once',
  examples: ['models warm', 'models warm qwen2.5-coder:7b'],
  kind: 'steer',
  wants: ['model'],
  args: { name: MODEL_NAME_OR_USED },
  async run({ name }, context) {
    const found = await findInstalled(name, context);
    if (!found.ok) return found;
    const model = found.value.name;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'model.warm', model }],
      done: { kind: 'text', text: `${model} is loaded.` },
      data: { model },
    });
  },
});

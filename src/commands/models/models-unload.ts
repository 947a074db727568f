import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { findInstalled } from './find-installed.ts';
import { MODEL_NAME_OR_USED } from './name-arg.ts';

export const modelsUnload = defineCommand({
  name: 'models unload',
  family: 'models',
  summary: 'Takes a model out of memory',
  examples: ['models unload', 'models unload qwen2.5-coder:7b'],
  kind: 'steer',
  wants: ['model'],
  args: { name: MODEL_NAME_OR_USED },
  async run({ name }, context) {
    const found = await findInstalled(name, context);
    if (!found.ok) return found;
    const model = found.value.name;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'model.unload', model }],
      done: { kind: 'text', text: `${model} is no longer in memory.` },
      data: { model },
    });
  },
});

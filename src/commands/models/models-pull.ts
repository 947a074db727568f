import { isCloudName } from '../../core/models/names.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { TALK_LIMITS } from '../talk/talk-limits.ts';
import { MODEL_NAME } from './name-arg.ts';

export const modelsPull = defineCommand({
  name: 'models pull',
  family: 'models',
  summary: 'Lets Ollama download a model; the one thing here that uses the network',
  examples: ['models pull qwen2.5-coder:1.5b', 'models pull llama3.2 --yes'],
  kind: 'steer',
  risk: 'medium',
  // A person may think about the question for as long as they like.
  limits: TALK_LIMITS,
  args: {
    name: { ...MODEL_NAME, completes: { choices: [] } },
    yes: { kind: 'flag', type: 'text', summary: 'Does not ask first' },
  },
  async run({ name, yes }, context) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/.test(name)) {
      return fail('usage', `${JSON.stringify(name)} is no name of a model.`);
    }
    if (isCloudName(name)) {
      return fail('model', `${name} runs on somebody else's machine.`, {
        hint: 'TinyCode works offline: choose another one.',
        data: { trouble: 'remote' },
      });
    }
    const agreed = yes ? ok(undefined) : await confirm(name, context);
    if (!agreed.ok) return agreed;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'model.pull', model: name }],
      done: { kind: 'text', text: `${name} is installed. Let it answer: models use ${name}` },
      data: { model: name },
    });
  },
});

async function confirm(name: string, { ask, door }: CommandContext): Promise<Result<void>> {
  const answer = await ask({
    kind: 'choice',
    text: `Ollama will download ${name} from its registry, often several gigabytes. The registry learns that you asked for it, and nothing else.`,
    choices: [
      { key: 'y', label: 'download it' },
      { key: 'n', label: 'leave it' },
    ],
  });
  if (answer === 'y') return ok(undefined);
  if (door === 'terminal') return fail('cancelled', `${name} was not downloaded.`);
  return fail('needs-approval', 'A download uses the network, and nobody has agreed to it.', {
    hint: `models pull ${name} --yes`,
  });
}

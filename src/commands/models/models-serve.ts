import { fail, ok } from '../../core/result.ts';
import type { Result, ServerStart } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { TALK_LIMITS } from '../talk/talk-limits.ts';

export const modelsServe = defineCommand({
  name: 'models serve',
  family: 'models',
  summary: 'Starts Ollama on this machine, where it is installed; it goes on when TinyCode ends',
  examples: ['models serve', 'models serve --yes'],
  kind: 'steer',
  risk: 'medium',
  // A person may think about the question for as long as they like.
  limits: TALK_LIMITS,
  args: { yes: { kind: 'flag', type: 'text', summary: 'Does not ask first' } },
  async run({ yes }, context) {
    const found = await context.readers.server.find(context.signal);
    if (!found.ok) return found;
    if (found.value.kind === 'running') {
      const { host } = found.value;
      context.show({ kind: 'text', text: `Ollama answers at ${host} already.` });
      return ok({ kind: 'looked', data: { host, started: false } });
    }
    const { start } = found.value;
    const agreed = yes ? ok(undefined) : await confirm(start, context);
    if (!agreed.ok) return agreed;
    const { host, log } = start;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'server.start', ...start }],
      done: { kind: 'text', text: `Ollama answers at ${host}. What it says goes to ${log}` },
      data: { host, log, started: true },
    });
  },
});

async function confirm(
  { argv, host }: ServerStart,
  { ask, door }: CommandContext,
): Promise<Result<void>> {
  const answer = await ask({
    kind: 'choice',
    text: `Start ${argv.join(' ')} at ${host}? It goes on when TinyCode ends.`,
    choices: [
      { key: 'y', label: 'start it' },
      { key: 'n', label: 'leave it' },
    ],
  });
  if (answer === 'y') return ok(undefined);
  if (door === 'terminal') return fail('cancelled', 'Ollama was not started.');
  return fail('needs-approval', 'That starts a program, and nobody has agreed to it.', {
    hint: 'models serve --yes',
  });
}

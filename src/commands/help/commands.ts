import { ok } from '../../core/result.ts';
import type { Json } from '../../core/types.ts';
import { type Capability, defineCommand } from '../command.ts';

/** The capability report: what can be done now, and for the rest why not and what would help. */
export const commandsCommand = defineCommand({
  name: 'commands',
  aliases: ['capabilities'],
  family: 'help',
  summary: 'Lists every command, whether it can run now, and if not why and what helps',
  examples: ['commands', 'commands --json'],
  kind: 'look',
  wants: ['model'],
  args: {},
  async run(_args, { capabilities, show, door }) {
    const all = capabilities();
    const slash = door === 'terminal' ? '/' : '';
    show({ kind: 'items', items: all.map((capability) => itemOf(capability, slash)) });
    return ok({ kind: 'looked', data: all.map(dataOf) });
  },
});

function itemOf({ card, availability }: Capability, slash: string) {
  const text = `${slash}${card.name}  ${card.summary}`;
  return availability.isAvailable
    ? ({ mark: 'ok', text } as const)
    : ({ mark: 'warn', text, detail: availability.why, remedy: availability.remedy } as const);
}

function dataOf({ card, availability }: Capability): Json {
  const { name, aliases, family, summary, kind, risk, modes, examples } = card;
  const known = { name, aliases, family, summary, kind, risk, modes, examples };
  return availability.isAvailable
    ? { ...known, available: true }
    : { ...known, available: false, why: availability.why, remedy: availability.remedy };
}

import { remedyFor } from '../../core/commands/availability.ts';
import { resolveCommand } from '../../core/commands/resolve.ts';
import { usageOf, usageOfArg } from '../../core/commands/usage.ts';
import { ok } from '../../core/result.ts';
import type { Block, CommandCard, Family, Field, Item } from '../../core/types.ts';
import { FAMILIES } from '../../core/types.ts';
import { type Capability, defineCommand } from '../command.ts';

export const help = defineCommand({
  name: 'help',
  aliases: ['?'],
  family: 'help',
  summary: 'Lists what can be done now, or explains one command',
  examples: ['help', 'help audit verify'],
  kind: 'look',
  args: {
    command: { kind: 'rest', type: 'text', completes: 'command', summary: 'A command to explain' },
  },
  async run({ command }, { capabilities, show, door }) {
    const slash = door === 'terminal' ? '/' : '';
    if (command.length === 0) {
      for (const block of overview(capabilities(), slash)) show(block);
      return ok({ kind: 'looked', data: capabilities().map(({ card }) => card.name) });
    }
    const found = resolveCommand(
      capabilities().map(({ card }) => card),
      command.map((word) => word.replace(/^\//, '')),
    );
    if (!found.ok) return found;
    const card = found.value.command;
    const capability = capabilities().find((each) => each.card === card);
    for (const block of explanation(card, capability, slash)) show(block);
    return ok({ kind: 'looked', data: { name: card.name, usage: usageOf(card) } });
  },
});

const TITLES: Readonly<Record<Family, string>> = {
  help: 'Finding your way',
  mode: 'Mode and level',
  plan: 'Plans',
  session: 'Sessions',
  talk: 'Asking',
  files: 'Looking at the project',
  edit: 'Edits',
  models: 'Models',
  config: 'Configuration and trust',
  policy: 'Policies',
  audit: 'Audit log',
};

function overview(all: readonly Capability[], slash: string): readonly Block[] {
  const blocks = FAMILIES.flatMap((family): readonly Block[] => {
    const members = all.filter(({ card }) => card.family === family);
    const can = members.filter(({ availability }) => availability.isAvailable);
    return [
      { kind: 'heading', text: TITLES[family] },
      { kind: 'fields', fields: can.map(({ card }) => fieldOf(card, slash)) },
    ];
  });
  return [...blocks, ...cannot(all, slash)];
}

const fieldOf = (card: CommandCard, slash: string): Field => ({
  name: `${slash}${card.name}`,
  value: card.summary,
});

/** What cannot be done now is said, with the reason and the remedy, not hidden; one for all of a kind. */
function cannot(all: readonly Capability[], slash: string): readonly Block[] {
  const kinds = new Map<string, { readonly names: string[]; why: string; remedy: string }>();
  for (const { card, availability } of all) {
    if (availability.isAvailable) continue;
    const { why } = availability;
    const remedy = remedyFor(availability, slash);
    const kind = kinds.get(why + remedy) ?? { names: [], why, remedy };
    kind.names.push(`${slash}${card.name}`);
    kinds.set(why + remedy, kind);
  }
  if (kinds.size === 0) return [];
  const items = [...kinds.values()].map(
    ({ names, why, remedy }): Item => ({
      mark: 'none',
      text: `${names.join(', ')}: ${why}`,
      remedy,
    }),
  );
  return [
    { kind: 'heading', text: 'Not now' },
    { kind: 'items', items },
  ];
}

function explanation(
  card: CommandCard,
  capability: Capability | undefined,
  slash: string,
): readonly Block[] {
  const args = Object.entries(card.args).map(([name, spec]) => ({
    name: usageOfArg(name, { ...spec, isRequired: true }),
    value: spec.summary,
  }));
  const facts: readonly Field[] = [
    { name: 'kind', value: card.kind },
    { name: 'risk', value: card.risk },
    { name: 'modes', value: card.modes.join(', ') },
    ...(card.aliases.length > 0 ? [{ name: 'also', value: card.aliases.join(', ') }] : []),
  ];
  const availability = capability?.availability;
  return [
    { kind: 'heading', text: `${slash}${usageOf(card)}` },
    { kind: 'text', text: `${card.summary}.` },
    ...(args.length > 0 ? [{ kind: 'fields', fields: args } as const] : []),
    { kind: 'fields', fields: facts },
    { kind: 'code', text: card.examples.map((example) => `${slash}${example}`).join('\n') },
    ...(availability && !availability.isAvailable
      ? [
          {
            kind: 'items',
            items: [
              {
                mark: 'warn',
                text: 'not now',
                detail: availability.why,
                remedy: remedyFor(availability, slash),
              },
            ],
          } as const,
        ]
      : []),
  ];
}

import type { ArgSpec, CommandCard, Completes } from '../types.ts';
import { findByName, MAX_NAME_WORDS } from './resolve.ts';
import { optionName } from './usage.ts';

/** What could stand at the end of a line: a place in it, and words or a kind of thing. */
export type Wanted = {
  /** Where the word begins that is being typed. */
  readonly from: number;
  readonly typed: string;
  readonly words: readonly { readonly text: string; readonly note: string }[];
  readonly thing: Completes | null;
};

/** `line` is a command line up to the caret, without the slash. */
export function findWanted(cards: readonly CommandCard[], line: string): Wanted {
  const from = /(?:^|\s)(\S*)$/.exec(line)?.[1];
  const typed = from ?? '';
  const start = line.length - typed.length;
  const before = line.slice(0, start).trim().split(/\s+/).filter(Boolean);
  const command = findCommand(cards, before);
  if (!command) return { ...wantedNames(cards, line), thing: null };
  const args = before.slice(command.name.split(' ').length);
  const continued = wantedNames(cards, line).words.filter(({ text }) => text.includes(' '));
  if (typed.startsWith('-')) {
    return { from: start, typed, words: matching(optionsOf(command), typed), thing: null };
  }
  const spec = specAt(command, args);
  const words = matching(
    (choicesOf(spec) ?? []).map((text) => ({ text, note: '' })),
    typed,
  );
  if (words.length === 0 && continued.length > 0)
    return { ...wantedNames(cards, line), thing: null };
  return { from: start, typed, words, thing: thingOf(spec) };
}

function wantedNames(cards: readonly CommandCard[], line: string): Wanted {
  const typed = line.trimStart();
  const words = cards
    .filter(({ name, aliases }) => [name, ...aliases].some((word) => word.startsWith(typed)))
    .map((card) => ({ text: card.name, note: card.summary }));
  return { from: line.length - typed.length, typed, words, thing: null };
}

function findCommand(cards: readonly CommandCard[], words: readonly string[]) {
  for (let length = Math.min(MAX_NAME_WORDS, words.length); length >= 1; length--) {
    const found = findByName(cards, words.slice(0, length).join(' '));
    if (found) return found;
  }
  return undefined;
}

/** The argument that the next word would fill. */
function specAt(command: CommandCard, words: readonly string[]): ArgSpec | undefined {
  const specs = Object.entries(command.args);
  const previous = words.at(-1);
  const option = specs.find(
    ([name, spec]) => spec.kind === 'option' && optionName(name) === previous,
  );
  if (option) return option[1];
  const operands = words.filter((word) => !word.startsWith('-')).length;
  const places = specs.filter(([, { kind }]) => kind === 'positional' || kind === 'rest');
  return places[Math.min(operands, places.length - 1)]?.[1];
}

const optionsOf = (command: CommandCard) =>
  Object.entries(command.args)
    .filter(([, { kind }]) => kind === 'option' || kind === 'flag')
    .map(([name, { summary }]) => ({ text: optionName(name), note: summary }));

const matching = <T extends { readonly text: string }>(words: readonly T[], typed: string) =>
  words.filter(({ text }) => text.startsWith(typed));

function choicesOf(spec: ArgSpec | undefined): readonly string[] | undefined {
  if (spec?.choices) return spec.choices;
  return typeof spec?.completes === 'object' ? spec.completes.choices : undefined;
}

const thingOf = (spec: ArgSpec | undefined): Completes | null =>
  spec?.completes && typeof spec.completes === 'string' ? spec.completes : null;

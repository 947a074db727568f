import { findWanted, type Wanted } from '../core/commands/complete.ts';
import { quoteWord } from '../core/commands/words.ts';
import type { Completes } from '../core/types.ts';
import type { Deps } from './deps.ts';
import type { Completion } from './session-type.ts';

/** What could follow in a line of the prompt. Plain words complete nothing but paths. */
export async function completeLine(
  deps: Deps,
  line: string,
  signal: AbortSignal,
): Promise<readonly Completion[]> {
  const mention = /(?<=^|[\s(["'`])@([^\s"'`()]*)$/.exec(line);
  if (mention) return completeMention(deps, mention[1] ?? '', mention.index + 1, signal);
  if (!line.startsWith('/')) return [];
  const wanted = findWanted(deps.commands, line.slice(1));
  const from = wanted.from + 1;
  const words = wanted.words.map(({ text, note }) => ({ text, from, note }));
  if (wanted.thing === null || words.length > 0) return words.slice(0, MAX_COMPLETIONS);
  const found = await findThings(deps, wanted.thing, wanted, signal);
  return found.slice(0, MAX_COMPLETIONS).map((completion) => ({ ...completion, from }));
}

/** Files that a request names. */
async function completeMention(
  { readers }: Deps,
  typed: string,
  from: number,
  signal: AbortSignal,
): Promise<readonly Completion[]> {
  const paths = await readers.paths.list(typed, signal);
  return paths
    .slice(0, MAX_COMPLETIONS)
    .map((path) => ({ text: /\s/.test(path) ? `"${path}"` : path, from }));
}

const MAX_COMPLETIONS = 100;

type Thing = { readonly text: string; readonly note?: string };

async function findThings(
  deps: Deps,
  thing: Completes,
  { typed }: Wanted,
  signal: AbortSignal,
): Promise<readonly Thing[]> {
  const starting = (things: readonly Thing[]) =>
    things.filter(({ text }) => text.startsWith(typed));
  switch (thing) {
    case 'command':
      return starting(deps.commands.map(({ name, summary }) => ({ text: name, note: summary })));
    case 'path': {
      const paths = await deps.readers.paths.list(typed, signal);
      return paths.map((text) => ({ text: quoteWord(text) }));
    }
    case 'session': {
      const sessions = deps.readers.sessions.list();
      const cards = sessions.ok ? sessions.value : [];
      return starting(cards.map(({ id, title }) => ({ text: id, note: title })));
    }
    case 'plan': {
      const plans = deps.readers.plans.list();
      const cards = plans.ok ? plans.value : [];
      return starting(cards.map(({ id, goal }) => ({ text: id, note: goal })));
    }
    case 'model': {
      const models = await deps.readers.models.list(signal);
      const cards = models.ok ? models.value : [];
      return starting(cards.map(({ name, parameters }) => ({ text: name, note: parameters })));
    }
    case 'setting': {
      const loaded = deps.readers.config.load();
      const all = loaded.ok ? loaded.value.all : [];
      return starting(all.map(({ key, summary }) => ({ text: key, note: summary })));
    }
    default:
      return starting(thing.choices.map((text) => ({ text })));
  }
}

import { chooseToolMode } from '../../core/models/choose-tool-mode.ts';
import { TOOLS_SYSTEM, writtenToolsSystem } from '../../core/prompt/system-text.ts';
import { describeTools, toolsFromCards } from '../../core/tools/tools-from-cards.ts';
import type { CommandCard, ToolSpec } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

/** What a model may look at things with, and how it is told. */
export type Looking = {
  readonly form: 'native' | 'text';
  readonly cards: readonly CommandCard[];
  readonly tools: readonly ToolSpec[];
  readonly system: string;
  /** Of the tools, where they go beside the messages. */
  readonly tokens: number;
};

/** In a smaller window there is no room for the tools, for what they show and for an answer. */
const LEAST_WINDOW_TOKENS = 4_096;

/** Null where the model is not to look for itself: then all is gathered for it. */
export async function openLooking(
  context: CommandContext,
  model: string,
  windowTokens: number,
): Promise<Looking | null> {
  const { readers, signal } = context;
  if (windowTokens < LEAST_WINDOW_TOKENS) return null;
  const traits = await readers.models.traits(model, signal);
  if (!traits.ok) return null;
  // What is kept and cannot be read is as if nothing had been learned; models says so.
  const habit = readers.habits.find(traits.value.digest);
  const form = chooseToolMode(traits.value.abilities, habit.ok ? habit.value : null);
  if (form === 'none') return null;
  const cards = context
    .capabilities()
    .filter(({ card, availability }) => isOffered(card) && availability.isAvailable)
    .map(({ card }) => card);
  if (cards.length === 0) return null;
  const tools = toolsFromCards(cards);
  if (form === 'text') {
    return { form, cards, tools, system: writtenToolsSystem(describeTools(tools)), tokens: 0 };
  }
  const tokens = readers.talker.estimate(model, JSON.stringify(tools));
  return { form, cards, tools, system: TOOLS_SYSTEM, tokens };
}

/** Nothing that changes is ever offered. */
const isOffered = ({ kind, family }: CommandCard): boolean => kind === 'look' && family === 'files';

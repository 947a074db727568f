import { sayHabit } from '../../core/trial/say-trials.ts';
import type { Block, ModelCard, ModelHabit } from '../../core/types.ts';
import type { HabitReader } from '../../ports.ts';
import { fitToTalk } from './fit-to-talk.ts';

export type Learned = {
  /** By the digest of the model. */
  readonly habits: ReadonlyMap<string, ModelHabit>;
  readonly problems: readonly string[];
};

/** What was learned of the models that are installed. */
export function findLearned(cards: readonly ModelCard[], reader: HabitReader): Learned {
  const habits = new Map<string, ModelHabit>();
  const problems = new Set<string>();
  for (const { digest } of cards) {
    const found = reader.find(digest);
    if (!found.ok) problems.add([found.error.message, found.error.hint ?? ''].join(' ').trim());
    else if (found.value !== null) habits.set(digest, found.value);
  }
  return { habits, problems: [...problems] };
}

/** Below the list: a line for each model that was tested, and how the others can be. */
export function learnedBlocks(
  cards: readonly ModelCard[],
  { habits, problems }: Learned,
): readonly Block[] {
  const tested = cards.flatMap(({ name, digest }) => {
    const habit = habits.get(digest);
    return habit === undefined ? [] : [{ name, value: sayHabit(habit) }];
  });
  const untested = cards.filter((card) => fitToTalk(card).ok && !habits.has(card.digest));
  const [first] = untested;
  return [
    ...(tested.length === 0
      ? []
      : [{ kind: 'text', text: '' } as const, { kind: 'fields', fields: tested } as const]),
    ...problems.map((text): Block => ({ kind: 'text', text, tone: 'warn' })),
    ...(first === undefined || problems.length > 0
      ? []
      : [
          {
            kind: 'text',
            text: `models test ${first.name} finds out what it does best.`,
            tone: 'dim',
          } as const,
        ]),
  ];
}

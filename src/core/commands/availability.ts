import type { Availability, CommandCard, Mode, ModelStatus, Need, RecordStatus } from '../types.ts';

/** What of the world decides whether a command can run. */
export type World = {
  readonly mode: Mode;
  readonly hasTerminal: boolean;
  readonly isRepository: boolean;
  readonly model: ModelStatus;
  readonly log: RecordStatus;
};

/** Whether a command can run here and now; if not, why, and what to do. */
export function availabilityOf(card: CommandCard, world: World): Availability {
  if (!card.modes.includes(world.mode)) {
    return {
      isAvailable: false,
      why: `it does not run in ${world.mode} mode`,
      remedy: `mode ${card.modes[0]}`,
    };
  }
  for (const need of needsOf(card)) {
    const lack = LACKS[need](world);
    if (lack) return { isAvailable: false, lacks: need, ...lack };
  }
  return { isAvailable: true };
}

/** What helps, as it is entered: a mode is changed by a command, and words alone are a question. */
export const remedyFor = (
  { remedy, lacks }: Availability & { readonly isAvailable: false },
  slash: string,
): string => (lacks === undefined ? `${slash}${remedy}` : remedy);

/** Whatever changes something must be recorded, so it needs the log, said or not. */
const needsOf = (card: CommandCard): readonly Need[] =>
  card.kind === 'look' || card.risk === 'none' ? card.needs : ['audit-log', ...card.needs];

type Lack = { readonly why: string; readonly remedy: string } | null;

const LACKS: Readonly<Record<Need, (world: World) => Lack>> = {
  terminal: ({ hasTerminal }) =>
    hasTerminal
      ? null
      : { why: 'it needs a terminal', remedy: 'start tinycode without a command in a terminal' },
  'audit-log': ({ log }) =>
    log.kind === 'broken'
      ? {
          why: `nothing can be recorded: ${log.failure.message}`,
          remedy: log.failure.hint ?? 'doctor',
        }
      : null,
  model: ({ model }) => {
    if (model.kind === 'missing') return { why: model.why, remedy: model.remedy };
    return model.kind === 'unknown'
      ? { why: 'no model was looked for yet', remedy: 'try again in a moment' }
      : null;
  },
  git: ({ isRepository }) =>
    isRepository ? null : { why: 'this folder is no git repository', remedy: 'git init' },
};

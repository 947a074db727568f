import { fail, ok } from '../../src/core/result.ts';
import { openState } from '../../src/core/session/state.ts';
import { update } from '../../src/core/session/update.ts';
import type {
  Block,
  Effect,
  Event,
  Mode,
  Outcome,
  ProgramUse,
  Question,
  Result,
  State,
} from '../../src/core/types.ts';
import type { Completion, Session } from '../../src/runtime/session-type.ts';
import type { ShowReview } from '../../src/tui/options.ts';
import { PROGRAM } from './program-sample.ts';

/** The real session's behaviour over a few made-up commands: all that the terminal door needs. */
export function createMemorySession(
  past: readonly string[] = [],
  showReview: ShowReview | null = null,
): Session {
  const listeners = new Set<() => void>();
  const lines: string[] = [...past];
  let cancel = (): void => {};
  let hear = (_answer: string | null): void => {};
  let state = FIRST;

  function send(event: Event): void {
    if (event.kind === 'line.entered') lines.push(event.line);
    const [next, effects] = update(state, event);
    state = next;
    for (const listener of listeners) listener();
    for (const effect of effects) follow(effect);
  }

  function follow(effect: Effect): void {
    if (effect.kind === 'cancel') cancel();
    if (effect.kind === 'answer') hear(effect.answer);
    if (effect.kind === 'run') run(effect.id, effect.line);
  }

  function run(id: number, line: string): void {
    const [name = '', ...words] = line.split(' ');
    const context: Context = {
      show: (text) => send({ kind: 'command.showed', id, block: blockOf(text) }),
      end: (result = LOOKED) => send({ kind: 'command.ended', id, result }),
      change: (mode) => send({ kind: 'change.made', change: { kind: 'mode.set', mode } }),
      leave: () => send({ kind: 'leave.asked' }),
      ask: (question, onAnswer) => {
        hear = onAnswer;
        send({ kind: 'question.asked', question });
      },
      use: (use) => send({ kind: 'use.seen', use }),
      showReview,
      onCancel: (stop) => {
        cancel = stop;
      },
    };
    const command = COMMANDS[name];
    if (command) {
      command(words.join(' '), context);
      return;
    }
    context.show(`you said: ${line}`);
    context.end();
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send,
    async enter(line) {
      send({ kind: 'line.entered', line });
      return LOOKED;
    },
    async complete(line): Promise<readonly Completion[]> {
      const from = line.lastIndexOf(' ') + 1;
      const names = from === 0 ? Object.keys(COMMANDS) : ['src/cart.ts', 'src/client.ts'];
      return names
        .filter((name) => name.startsWith(line.slice(from)))
        .map((text) => ({ text, from, note: 'what it is for' }));
    },
    history: (limit) => lines.slice(-limit),
    plan: (id) => fail('not-found', `There is no plan ${id}.`),
    changes: (_, step) => fail('not-found', `There is no step ${step}.`),
    hunks: () => [],
    cage: async () => ({ rung: 'L0', view: 'direct', by: 'none', holds: 'nothing', why: '' }),
    capabilities: () => [],
    async close() {},
  };
}

type Context = {
  show(what: string | Block): void;
  end(result?: Result<Outcome>): void;
  change(mode: Mode): void;
  leave(): void;
  use(use: ProgramUse): void;
  onCancel(stop: () => void): void;
  ask(question: Question, onAnswer: (answer: string | null) => void): void;
  readonly showReview: ShowReview | null;
};

const LOOKED: Result<Outcome> = ok({ kind: 'looked', data: null });
const FIRST: State = {
  ...openState({
    session: 'memory',
    workspace: '/shop',
    door: 'terminal',
    mode: 'chat',
    level: 'standard',
  }),
  model: { kind: 'missing', why: 'ollama serve is not answering.', remedy: '/doctor tells more.' },
  branch: 'main',
};

const blockOf = (what: string | Block): Block =>
  typeof what === 'string' ? { kind: 'text', text: what } : what;

const COMMANDS: Readonly<Record<string, (rest: string, context: Context) => void>> = {
  '/slow': (_, context) => takeTime('slow', 60_000, context),
  '/brief': (_, context) => takeTime('brief', 700, context),
  '/program': (_, context) => runProgram(context),
  '/lines': (count, { show, end }) => {
    for (let line = 1; line <= Number(count); line++) show(`line ${line}`);
    end();
  },
  '/mode': (mode, { change, end }) => {
    change(mode as Mode);
    end();
  },
  '/evil': (_, { show, end }) => {
    show('a\x1b]52;c;aGk=\x07b\u202ec\rd');
    end();
  },
  '/table': (_, { show, end }) => {
    show(TABLE);
    end();
  },
  '/ask': (what, { ask, show, end, onCancel }) => {
    const question = QUESTIONS[what];
    if (question === undefined) return end();
    onCancel(() => end(fail('cancelled', '/ask was stopped.')));
    // Later, as a command asks while it runs: what is typed meanwhile is meant for the prompt.
    setTimeout(
      () =>
        ask(question, (answer) => {
          show(answer === null ? 'no answer' : `the answer is ${JSON.stringify(answer)}`);
          end();
        }),
      ASK_AFTER_MS,
    );
  },
  '/review': (what, context) => void reviewSample(what, context),
  '/pid': (_, { show, end }) => {
    show(`pid ${process.pid}`);
    end();
  },
  '/crash': () => {
    setTimeout(() => {
      throw new Error('crashed on purpose');
    }, 1);
  },
  '/exit': (_, { leave }) => leave(),
};

const ASK_AFTER_MS = 400;
const QUESTIONS: Readonly<Record<string, Question>> = {
  choice: {
    kind: 'choice',
    text: 'The check failed. What shall be done?',
    choices: [
      { key: 'f', label: 'fix it' },
      { key: 'b', label: 'go back to how it was' },
    ],
  },
  word: { kind: 'word', text: 'This deletes build.', word: 'delete' },
  edit: { kind: 'edit', text: 'The value may be changed.', content: 'a\n', extension: '.txt' },
  long: {
    kind: 'choice',
    text: Array.from({ length: 60 }, (_, at) => `reason ${at}`).join('\n'),
    choices: [{ key: 'y', label: 'do it' }],
  },
};

/** Opens the sample plan on the whole screen, and says what it was told. */
async function reviewSample(what: string, { show, end, showReview }: Context): Promise<void> {
  const { createMemoryReview } = await import('./memory-review.ts');
  const { SAMPLE, SAMPLE_BEFORES } = await import('./review-sample.ts');
  const source = createMemoryReview(SAMPLE, SAMPLE_BEFORES);
  if (what === 'crash') {
    setTimeout(() => {
      throw new Error('crashed on purpose');
    }, 500);
  }
  const ended = await showReview?.(source);
  for (const asked of source.asked) show(`asked: ${asked}`);
  show(`the review was ${ended?.kind ?? 'not shown'}`);
  end();
}

/** A program whose numbers come as often as those of a real one, for a second and a half. */
function runProgram({ use, show, end }: Context): void {
  let turn = 0;
  const timer = setInterval(() => {
    turn++;
    if (turn <= MOST_TURNS) return use({ ...PROGRAM, tookMs: turn * 250, cpuMs: turn * 125 });
    clearInterval(timer);
    show('the program is done');
    end();
  }, 250);
}

const MOST_TURNS = 6;
function takeTime(name: string, ms: number, { show, end, onCancel }: Context): void {
  const timer = setTimeout(() => {
    show(`${name} is done`);
    end();
  }, ms);
  onCancel(() => {
    clearTimeout(timer);
    end(fail('cancelled', `/${name} was stopped.`));
  });
}

const TABLE: Block = {
  kind: 'table',
  columns: ['name', 'summary'],
  rows: [
    ['help', 'what there is'],
    ['漢字', 'wide letters'],
  ],
};

import type { Block, CommandCard, Entry, Event, Mode, State } from '../../src/core/types.ts';
import type { Completion, Session } from '../../src/runtime/session-type.ts';

/** A small session that lives in memory: what the terminal door needs, without the rooms behind. */
export function createMemorySession(past: readonly string[] = []): Session {
  const listeners = new Set<() => void>();
  const lines: string[] = [...past];
  let cancel = (): void => {};
  let state: State = {
    session: 'memory',
    workspace: '/shop',
    door: 'terminal',
    title: '',
    mode: 'chat',
    level: 'standard',
    model: { kind: 'missing', why: 'ollama serve is not answering.', remedy: '/doctor tells more.' },
    branch: 'main',
    log: { kind: 'ok' },
    running: null,
    started: 0,
    entries: [],
    dropped: 0,
    isLeaving: false,
  };

  function change(next: Partial<State>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function show(...blocks: readonly Block[]): void {
    add(...blocks.map((block): Entry => ({ kind: 'block', block })));
  }

  /** Holds no more than this, as the real one. */
  function add(...entries: readonly Entry[]): void {
    const all = [...state.entries, ...entries];
    const kept = all.slice(-MAX_ENTRIES);
    change({ entries: kept, dropped: state.dropped + all.length - kept.length });
  }

  function enter(line: string): void {
    lines.push(line);
    add({ kind: 'input', mode: state.mode, line });
    const [name = '', ...words] = line.split(' ');
    COMMANDS[name]?.(words.join(' '));
    if (!(name in COMMANDS)) show({ kind: 'text', text: `you said: ${line}` });
  }

  function run(name: string, ms: number, then: () => void): void {
    const id = state.started;
    const timer = setTimeout(() => {
      change({ running: null });
      then();
    }, ms);
    cancel = () => {
      clearTimeout(timer);
      change({ running: null });
      show({ kind: 'failure', failure: { code: 'cancelled', message: `${name} was stopped.` } });
    };
    change({ running: { id, name, line: 'working' }, started: id + 1 });
  }

  const COMMANDS: Readonly<Record<string, (rest: string) => void>> = {
    '/slow': () => run('/slow', 60_000, () => show({ kind: 'text', text: 'slow is done' })),
    '/brief': () => run('/brief', 700, () => show({ kind: 'text', text: 'brief is done' })),
    '/lines': (count) => {
      for (let line = 1; line <= Number(count); line++) {
        show({ kind: 'text', text: `line ${line}` });
      }
    },
    '/mode': (mode) => change({ mode: mode as Mode }),
    '/evil': () => show({ kind: 'text', text: 'a\x1b]52;c;aGk=\x07b\u202ec\rd' }),
    '/table': () => show(TABLE),
    '/crash': () => {
      setTimeout(() => {
        throw new Error('crashed on purpose');
      }, 1);
    },
    '/exit': () => change({ isLeaving: true }),
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(event: Event) {
      if (event.kind === 'line.entered') enter(event.line);
      if (event.kind === 'cancel.asked') cancel();
      if (event.kind === 'leave.asked') change({ isLeaving: true });
    },
    async complete(line): Promise<readonly Completion[]> {
      const from = line.lastIndexOf(' ') + 1;
      const names = from === 0 ? Object.keys(COMMANDS) : ['src/cart.ts', 'src/client.ts'];
      return names
        .filter((name) => name.startsWith(line.slice(from)))
        .map((text) => ({ text, from, note: 'what it is for' }));
    },
    history: (limit) => lines.slice(-limit),
    capabilities: (): readonly { card: CommandCard; availability: { isAvailable: true } }[] => [],
    async close() {},
  };
}

const MAX_ENTRIES = 500;

const TABLE: Block = {
  kind: 'table',
  columns: ['name', 'summary'],
  rows: [
    ['help', 'what there is'],
    ['漢字', 'wide letters'],
  ],
};

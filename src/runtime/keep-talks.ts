import { redactText } from '../core/audit/redact-text.ts';
import { type Exchange, hasWords } from '../core/models/exchange.ts';
import { redactExchange } from '../core/models/redact-exchange.ts';
import type { TalkEnd, TalkHead } from '../core/models/talk.ts';
import { fail, ok } from '../core/result.ts';
import type { Outcome, Result, State } from '../core/types.ts';
import type { Deps } from './deps.ts';

/** Keeps what a session's commands say with models, so that it can be played again. */
export type TalkKeeper = {
  begin(command: number, line: string): void;
  answered(given: string | null): void;
  turned(): void;
  end(result: Result<Outcome>): void;
  /** Writes what waits to be written. */
  close(): void;
};

type Talk = {
  readonly command: number;
  readonly head: Omit<TalkHead, 'chosen' | 'hosts' | 'run'>;
  readonly answers: (string | null)[];
  turns: number;
  hasSpoken: boolean;
  end: TalkEnd | null;
};
type Piece = {
  readonly talk: Talk;
  readonly exchanges: (Exchange | null)[];
  end: TalkEnd | null;
};

/** Nothing is said in a download, and it may take a hundred thousand lines. */
const NO_TALK = '/api/pull';

/**
 * Nothing is written while somebody waits for the first word: a reply is written once it is over,
 * and a moment later, together with what was looked up for it. `failed` is told once.
 */
export function createTalkKeeper(
  deps: Pick<Deps, 'exchanges' | 'writers' | 'readers' | 'clock' | 'newId'>,
  { session, turnsBefore }: { readonly session: string; readonly turnsBefore: number },
  state: () => State,
  failed: (why: string, hint?: string) => void,
): TalkKeeper {
  const run = deps.newId();
  let turns = turnsBefore;
  let isKeeping = true;
  let talk: Talk | null = null;
  let waiting: Piece[] = [];
  let timer: NodeJS.Immediate | null = null;

  deps.exchanges.listen((exchange, isWhole) => {
    if (talk === null || !isKeeping || exchange.request.path === NO_TALK) return;
    talk.hasSpoken = true;
    const piece = pieceOf(talk);
    piece.exchanges.push(isWhole ? exchange : null);
    piece.end = talk.end;
    // What comes before it, loading too, is written along with what the model says.
    if (hasWords(exchange.request)) writeSoon();
  });

  return {
    begin(command, line) {
      const { door, mode, level, model } = state();
      const at = deps.clock.now().toISOString();
      const head = { line: redactText(line), at, door, mode, level, model, turns };
      talk = { command, head, answers: [], turns: 0, hasSpoken: false, end: null };
    },
    answered: (given) => void talk?.answers.push(given),
    turned() {
      turns += 1;
      if (talk === null) return;
      talk.turns += 1;
      // One that was stopped says a moment later how far it came.
      if (talk.end !== null) end(talk, { ...talk.end, turns: talk.turns });
    },
    end(result) {
      if (talk === null) return;
      const plan = result.ok && result.value.kind === 'proposed' ? result.value.plan : null;
      end(talk, {
        outcome: result.ok ? 'done' : result.error.code,
        turns: talk.turns,
        answers: talk.answers.map((given) => (given === null ? null : redactText(given))),
        plan: plan === null ? null : { id: plan.id, hash: plan.hash },
      });
    },
    close: write,
  };

  function end(ended: Talk, as: TalkEnd): void {
    ended.end = as;
    if (!ended.hasSpoken || !isKeeping) return;
    pieceOf(ended).end = as;
    writeSoon();
  }

  function pieceOf(of: Talk): Piece {
    const last = waiting.at(-1);
    if (last?.talk === of) return last;
    const piece: Piece = { talk: of, exchanges: [], end: null };
    waiting.push(piece);
    return piece;
  }

  function writeSoon(): void {
    timer ??= setImmediate(write);
  }

  function write(): void {
    if (timer !== null) clearImmediate(timer);
    timer = null;
    const pieces = waiting;
    waiting = [];
    for (const piece of pieces) {
      const written = isKeeping ? writePiece(piece) : ok(undefined);
      if (written.ok) continue;
      isKeeping = false;
      failed(written.error.message, written.error.hint);
    }
  }

  function writePiece({ talk: of, exchanges, end }: Piece): Result<void> {
    try {
      const config = deps.readers.config.load();
      const chosen = config.ok ? config.value.settings.model : '';
      const head: TalkHead = { ...of.head, run, chosen, hosts: deps.exchanges.hosts };
      const kept = exchanges.map((each) => (each === null ? null : redactExchange(each)));
      return deps.writers.talks.keep({ session, command: of.command, head }, kept, end);
    } catch (cause) {
      // The talk itself goes on.
      return fail('failed', cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }
}

import type {
  Block,
  Change,
  Effect,
  Entry,
  Event,
  ModelActivity,
  Outcome,
  Result,
  State,
  Turn,
} from '../types.ts';

export type Step = readonly [State, readonly Effect[]];

/** The session's whole behaviour: what an event makes of the state, and what is to be done. */
export function update(state: State, event: Event): Step {
  switch (event.kind) {
    case 'line.entered':
      return enter(state, event.line);
    case 'command.showed':
      return isRunning(state, event.id) ? still(addBlock(state, event.block)) : still(state);
    case 'command.ended':
      return isRunning(state, event.id) ? end(state, event.result) : still(state);
    case 'cancel.asked':
      return cancel(state);
    case 'change.made':
      return make(state, event.change);
    case 'plan.kept':
      return still({ ...state, plan: event.plan });
    case 'review.closed':
      return still({ ...state, review: null });
    case 'progress.made':
      return still(state.running === null ? state : { ...state, progress: event.progress });
    case 'use.seen':
      return still(state.running === null ? state : { ...state, use: event.use });
    case 'talk.went':
      return still(follow(state, event.talk));
    case 'turn.made':
      return still(keepTurn(state, event.turn));
    case 'question.asked':
      return still({ ...state, question: event.question });
    case 'question.answered':
      return answer(state, event.answer);
    case 'model.seen':
      return still({ ...state, model: event.model });
    case 'branch.seen':
      return still({ ...state, branch: event.branch });
    case 'log.seen':
      return still({ ...state, log: event.log });
    case 'notice':
      return still(addBlock(state, event.block));
    case 'leave.asked':
      return leave(state);
    default:
      return event satisfies never;
  }
}

/** So many entries a state holds; older ones stay in the store and on the screen. */
export const MAX_ENTRIES = 500;
export const MAX_QUEUED = 20;
/** More of them no window holds. */
export const MAX_TURNS = 24;

const still = (state: State): Step => [state, []];
const isRunning = (state: State, id: number) => state.running?.id === id;

function enter(state: State, line: string): Step {
  if (line.trim() === '' || state.isLeaving) return still(state);
  if (state.running === null) return start(state, line);
  if (state.queued.length < MAX_QUEUED) return still({ ...state, queued: [...state.queued, line] });
  const text = `${MAX_QUEUED} lines wait already; this one was not taken: ${line}`;
  return still(addBlock(state, { kind: 'text', text, tone: 'warn' }));
}

function start(state: State, line: string): Step {
  const id = state.started;
  const shown = add(state, { kind: 'input', mode: state.mode, line });
  const running = { id, line, name: line.trim().split(/\s+/, 1)[0] ?? '' };
  return [{ ...shown, started: id + 1, running }, [{ kind: 'run', id, line }]];
}

function end(state: State, result: Result<Outcome>): Step {
  const done = { ...state, running: null, question: null, progress: null, use: null, talk: null };
  const shown = result.ok
    ? done
    : addBlock(keepWritten(done, state.talk), { kind: 'failure', failure: result.error });
  const [next, ...queued] = shown.queued;
  return next === undefined || shown.isLeaving ? still(shown) : start({ ...shown, queued }, next);
}

/** What was on the screen when it ended is not taken away. */
function keepWritten(state: State, talk: ModelActivity | null): State {
  const text = talk?.text ?? '';
  return text.trim() === '' ? state : addBlock(state, { kind: 'markdown', text });
}

function follow(state: State, talk: ModelActivity | null): State {
  if (state.running === null) return state;
  if (talk === null || talk.contextTokens === 0) return { ...state, talk };
  const { promptTokens, answerTokens, contextTokens } = talk;
  return { ...state, talk, context: { usedTokens: promptTokens + answerTokens, contextTokens } };
}

function keepTurn(state: State, turn: Turn): State {
  const turns = [...state.turns, turn].slice(-MAX_TURNS);
  const { promptTokens, answerTokens, contextTokens } = turn;
  if (promptTokens === 0 || contextTokens === 0) return { ...state, turns };
  return { ...state, turns, context: { usedTokens: promptTokens + answerTokens, contextTokens } };
}

function answer(state: State, given: string | null): Step {
  if (state.question === null) return still(state);
  return [{ ...state, question: null }, [{ kind: 'answer', answer: given }]];
}

function cancel(state: State): Step {
  const cleared = { ...state, queued: [] };
  return [cleared, state.running ? [{ kind: 'cancel', id: state.running.id }] : []];
}

function make(state: State, change: Change): Step {
  switch (change.kind) {
    case 'mode.set':
      return still({ ...state, mode: change.mode });
    case 'level.set':
      return still({ ...state, level: change.level });
    case 'session.rename':
      return still({ ...state, title: change.title });
    case 'session.leave':
      return leave(state);
    case 'config.set':
    case 'config.unset':
    case 'trust.grant':
    case 'trust.revoke':
    case 'session.delete':
    case 'audit.prune':
    case 'checkpoints.prune':
    case 'model.pull':
    case 'model.warm':
    case 'model.unload':
    case 'model.learn':
    case 'model.forget':
    case 'server.start':
      return still(state);
    case 'plan.approve':
      return still({ ...state, plan: change.approval.plan });
    case 'review.open':
      return still({ ...state, review: change.plan, plan: change.plan });
    case 'plan.reject':
    case 'plan.drop':
      return still(state.plan === change.plan ? { ...state, plan: null } : state);
    default:
      return change satisfies never;
  }
}

function leave(state: State): Step {
  if (state.isLeaving) return still(state);
  const [cancelled, effects] = cancel(state);
  return [{ ...cancelled, isLeaving: true }, [...effects, { kind: 'close' }]];
}

const addBlock = (state: State, block: Block) => add(state, { kind: 'block', block });

function add(state: State, entry: Entry): State {
  const entries = [...state.entries, entry];
  const extra = Math.max(0, entries.length - MAX_ENTRIES);
  return { ...state, entries: entries.slice(extra), dropped: state.dropped + extra };
}

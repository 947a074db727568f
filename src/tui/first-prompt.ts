import { type Coloring, paintLines } from '../core/display/paint.ts';
import { quickWidth } from '../core/display/quick-width.ts';
import { layoutHeader } from './layout-header.ts';
import type { Look } from './live/view.ts';
import type { TerminalOptions } from './options.ts';
import { startPlain } from './plain.ts';
import { createQuiet } from './quiet.ts';
import { describeStartFailure } from './start-failure.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { createTinyPainter } from './tiny-painter.ts';
import { sizeOf } from './window-size.ts';
import { within } from './within.ts';

/**
 * Opens the terminal door. The prompt is there, and takes keys, before Ink or the session are
 * loaded; Ink takes over once nobody has typed for a moment. Whatever this imports, a person
 * waits for.
 */
export function startTerminal(options: TerminalOptions): void {
  const isDumb = options.env.TERM === 'dumb';
  if (isDumb || options.isPlain === true || options.isScreenReader) startPlain(options);
  else startLive(options);
}

function startLive(options: TerminalOptions): void {
  const { stdout, isAscii } = options;
  const coloring: Coloring = options.env.NO_COLOR ? 'mono' : 'color';
  const look: Look = { width: quickWidth, isAscii, isReflowed: reflows(options.env) };
  const nowMs = () => performance.now();
  const write = (data: string): void => {
    if (data !== '' && !stdout.destroyed) stdout.write(data);
  };
  const quiet = createQuiet(nowMs);
  const painter = createTinyPainter(write, look, coloring);
  const onKey = quiet.noteKey;
  const terminal = createTerminal(options, { painter, look, coloring, write, nowMs, onKey });
  const header = layoutHeader(options.header, {
    ...look,
    columns: sizeOf(stdout).columns,
    isPlain: false,
  });
  terminal.open(`\r\x1b[J${paintLines(header, coloring)}`);
  options.onReviews?.(terminal.review);
  options.session.then(terminal.attach, (error: unknown) =>
    terminal.fail(describeStartFailure(error, isAscii)),
  );
  const env = options.processEnv ?? {};
  const settled = options.session.then(
    () => {},
    () => {},
  );
  // One after the other: both at a time would keep a key waiting for longer.
  const isTime = async () => {
    await within(SESSION_WAIT_MS, settled);
    await quiet.wait();
  };
  void handOverToInk(terminal, isTime, async (load) =>
    (await load(quiet.wait, env))(write, look, coloring),
  );
}

type LoadInk = typeof import('./load-ink.ts').loadInk;
type InkPainter = ReturnType<Awaited<ReturnType<LoadInk>>>;

async function handOverToInk(
  terminal: Terminal,
  quiet: () => Promise<void>,
  create: (load: LoadInk) => Promise<InkPainter>,
): Promise<void> {
  await quiet();
  const painter = await create((await import('./load-ink.ts')).loadInk);
  if (terminal.isOpen()) terminal.handOver(painter, painter.look);
}

/** A session that is slower than this does not hold Ink up. */
const SESSION_WAIT_MS = 500;

/** Most terminals do; these are known not to. */
const reflows = (env: TerminalOptions['env']): boolean =>
  env.TERM !== 'linux' && env.XTERM_VERSION === undefined && env.STY === undefined;

import { randomUUID } from 'node:crypto';
import { relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readBranch } from '../adapters/git/read-branch.ts';
import type { Result } from '../core/types.ts';
import type { Session } from '../runtime/session-type.ts';
import { startTerminal } from '../tui/first-prompt.ts';
import type { Start } from './beginning.ts';
import { type Configured, readSettings } from './settings.ts';

/** Opens the prompt. Whatever is loaded before it, a person waits for. */
export async function startInTerminal(start: Start): Promise<void> {
  const configured = readSettings(start);
  const { settings, failure } = configured;
  if (failure) return refuseToStart(start, { ok: false, error: failure });
  const { workspace, home } = start.places;
  const branch = readBranch(workspace);
  const header = { version: start.version, folder: shorten(workspace, home), branch };
  startTerminal({
    session: openBehindThePrompt(start, configured, branch),
    header,
    mode: settings.mode,
    level: settings.level,
    stdin: process.stdin,
    stdout: process.stdout,
    env: { ...start.env, NO_COLOR: settings.color === 'never' ? '1' : '' },
    isScreenReader: settings.isScreenReader,
    isAscii: settings.isAscii,
    editorCommand: settings.editor,
    processEnv: process.env,
    onExit: (code) => process.exit(code),
  });
}

/** A key typed at the fresh prompt is echoed before any of this is loaded. */
const QUIET_MS = 60;

async function openBehindThePrompt(
  start: Start,
  { reader, settings, untrusted }: Configured,
  branch: string,
): Promise<Session> {
  await wait(QUIET_MS);
  const { openDeps } = await import('./deps.ts');
  const { chooseSession } = await import('./sessions.ts');
  const { openSession } = await import('../runtime/session.ts');
  const deps = openDeps(start, reader, settings, { hasTerminal: true, input: null });
  const chosen = chooseSession(start, deps, settings, 'terminal', randomUUID);
  if (!chosen.ok) throw new Error(describe(chosen));
  const session = openSession(deps, { ...chosen.value, isRecorded: true, listener: {} });
  session.send({ kind: 'branch.seen', branch });
  const question = askForTrust(untrusted.map(({ path }) => path));
  for (const text of [...start.places.warnings, ...question]) {
    session.send({ kind: 'notice', block: { kind: 'text', text, tone: 'warn' } });
  }
  return session;
}

/** The trust question; until it is answered the files can only tighten. */
const askForTrust = (paths: readonly string[]): readonly string[] =>
  paths.length === 0
    ? []
    : [
        `This workspace brings files that could loosen or run something: ${paths.slice(0, MAX_NAMED).join(', ')}${paths.length > MAX_NAMED ? ' …' : ''}.\nUntil you trust them they can only tighten. /trust shows what waits, /trust grant trusts exactly these bytes.`,
      ];

const MAX_NAMED = 5;

async function refuseToStart(start: Start, failed: Result<never>): Promise<void> {
  const { refuse } = await import('./headless.ts');
  return refuse(start, failed);
}

const describe = (failed: Result<unknown>) =>
  failed.ok ? '' : [failed.error.message, failed.error.hint].filter(Boolean).join(' ');

function shorten(folder: string, home: string): string {
  const below = relative(home, folder);
  if (below === '') return '~';
  return below.startsWith('..') ? folder : `~/${below}`;
}

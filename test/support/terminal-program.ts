/** The terminal door over a session in memory, as a program of its own. */

import { startTerminal } from '../../src/tui/first-prompt.ts';
import type { ShowReview } from '../../src/tui/options.ts';
import { createMemorySession } from './memory-session.ts';

const { env } = process;
const delayMs = Number(env.TEST_SESSION_MS ?? '0');
const past = env.TEST_HISTORY === undefined ? [] : env.TEST_HISTORY.split('|');

let showReview: ShowReview | null = null;

startTerminal({
  session: new Promise((settle, reject) => {
    setTimeout(() => {
      if (env.TEST_SESSION_FAILS === '1') reject(new Error('no session today'));
      else settle(createMemorySession(past, showReview));
    }, delayMs);
  }),
  header: { version: '0.0.0', folder: '~/shop', branch: 'main' },
  mode: 'chat',
  level: 'standard',
  stdin: process.stdin,
  stdout: process.stdout,
  env,
  processEnv: env,
  isScreenReader: env.TEST_SCREEN_READER === '1',
  isPlain: process.argv.includes('--plain'),
  isAscii: env.TEST_ASCII === '1',
  editorCommand: env.EDITOR ?? '',
  onReviews: (show) => {
    showReview = show;
  },
  onExit: (code) => process.exit(code),
});

import { type Finding, fine, type Probe, warn } from '../probe.ts';

export type TerminalFacts = { readonly columns: number; readonly rows: number };
type Env = Readonly<Record<string, string | undefined>>;

/** The narrowest that screens are made for. */
const MIN_COLUMNS = 40;

export const terminalProbe = (terminal: TerminalFacts, env: Env): Probe => ({
  check: 'terminal',
  async run() {
    return judge(terminal, env);
  },
});

function judge({ columns, rows }: TerminalFacts, env: Env): Finding {
  const term = env.TERM ?? '';
  const detail = `${[
    `${columns} × ${rows}`,
    term || 'no TERM',
    colorsOf(env),
    isUtf8(env) ? 'UTF-8' : 'no UTF-8',
    ...(env.TMUX ? ['in tmux'] : env.STY ? ['in screen'] : []),
  ].join(', ')}.`;
  if (term === '' || term === 'dumb') {
    return warn(detail, 'Set TERM to what your terminal is; until then output is plain.');
  }
  if (columns < MIN_COLUMNS) return warn(detail, `Widen the terminal to ${MIN_COLUMNS} columns.`);
  if (!isUtf8(env)) {
    return warn(detail, 'Set LANG to a UTF-8 locale, or: tinycode config set ui.ascii true');
  }
  if (env.TMUX && !/^(tmux|screen)/.test(term)) {
    return warn(detail, "In tmux.conf: set -g default-terminal 'tmux-256color'");
  }
  return fine(detail);
}

function colorsOf(env: Env): string {
  if (env.NO_COLOR) return 'colours off (NO_COLOR)';
  if (/^(truecolor|24bit)$/.test(env.COLORTERM ?? '')) return 'true colour';
  return /256/.test(env.TERM ?? '') ? '256 colours' : 'basic colours';
}

const isUtf8 = (env: Env): boolean => /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');

import { fail, ok } from '../../core/result.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { Result, TrustedFile } from '../../core/types.ts';
import type { Configuration } from '../../ports.ts';
import { defineCommand } from '../command.ts';
import { displayValue } from './display-value.ts';

export const trust = defineCommand({
  name: 'trust',
  aliases: ['trust list'],
  family: 'config',
  summary: 'Lists the files of this workspace that wait for your trust, and why',
  examples: ['trust'],
  kind: 'look',
  args: {},
  async run(_args, { readers, show }) {
    const loaded = readers.config.load();
    if (!loaded.ok) return loaded;
    const { untrusted, warnings = [] } = loaded.value;
    const waiting = untrusted.map((file) => ({ ...file, why: reasonFor(file, loaded.value) }));
    for (const text of warnings) show({ kind: 'text', text, tone: 'warn' });
    if (waiting.length === 0) {
      show({ kind: 'text', text: 'Nothing in this workspace waits for your trust.' });
    } else {
      const items = waiting.map(({ path, sha256, why }) => {
        return { mark: 'warn', text: path, detail: `${why} · ${sha256.slice(0, 12)}` } as const;
      });
      show({ kind: 'items', items });
      show({ kind: 'text', text: HOW, tone: 'dim' });
    }
    return ok({ kind: 'looked', data: { waiting, warnings } });
  },
});

export const trustGrant = defineCommand({
  name: 'trust grant',
  family: 'config',
  summary: 'Trusts files of this workspace until a byte of them changes',
  examples: ['trust grant', 'trust grant .tinycode/config.yaml'],
  kind: 'steer',
  risk: 'high',
  args: {
    paths: {
      kind: 'rest',
      type: 'text',
      completes: 'path',
      valueName: 'PATH',
      summary: 'Only these files; without any, all that wait',
    },
  },
  async run({ paths }, { readers }) {
    const loaded = readers.config.load();
    if (!loaded.ok) return loaded;
    const files = select(loaded.value.untrusted, paths);
    if (!files.ok) return files;
    const granted = files.value.map((file) => ({ ...file }));
    return ok({
      kind: 'steered',
      changes: granted.length === 0 ? [] : [{ kind: 'trust.grant', files: granted }],
      done: { kind: 'text', text: saidOf(granted) },
      data: { granted },
    });
  },
});

export const trustRevoke = defineCommand({
  name: 'trust revoke',
  family: 'config',
  summary: 'Takes back all trust in files of this workspace',
  examples: ['trust revoke'],
  kind: 'steer',
  risk: 'low',
  args: {},
  async run() {
    return ok({
      kind: 'steered',
      changes: [{ kind: 'trust.revoke' }],
      done: { kind: 'text', text: 'No file of this workspace is trusted any more.' },
      data: { revoked: true },
    });
  },
});

const HOW = 'Read them first. trust grant trusts them all, trust grant PATH only one.';

const REASONS = [
  { below: '.tinycode/policies/', why: 'its rules that allow something' },
  { below: '.tinycode/plugins/', why: 'code that would run' },
  { below: '.tinycode/prompts/', why: 'text that would instruct the model' },
];

function reasonFor(file: TrustedFile, configuration: Configuration): string {
  const reason = REASONS.find(({ below }) => file.path.startsWith(below));
  if (reason) return reason.why;
  const asked = configuration.all.flatMap(({ key, heldBack }) =>
    heldBack === undefined ? [] : [`${key}: ${displayValue(heldBack)}`],
  );
  return `it asks for ${asked.join(', ')}`;
}

function select(
  waiting: readonly TrustedFile[],
  paths: readonly string[],
): Result<readonly TrustedFile[]> {
  const known = waiting.map(({ path }) => path);
  const unknown = paths.find((path) => !known.includes(path));
  if (unknown === undefined) {
    return ok(waiting.filter(({ path }) => paths.length === 0 || paths.includes(path)));
  }
  const meant = nearest(unknown, known);
  return fail('not-found', `${unknown} does not wait for trust.`, {
    hint: meant ? `Did you mean ${meant}?` : 'trust lists the files that do.',
  });
}

const saidOf = (files: readonly TrustedFile[]): string =>
  files.length === 0
    ? 'Nothing waits for trust.'
    : `Trusted until they change, from the next start on: ${files.map(({ path }) => path).join(', ')}.`;

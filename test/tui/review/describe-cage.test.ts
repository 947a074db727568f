import { describe, expect, it } from 'vitest';
import { paintLine } from '../../../src/core/display/paint.ts';
import type { Action, CageReport, Finding, Step } from '../../../src/core/types.ts';
import { layoutReview } from '../../../src/tui/review/layout-review.ts';
import { createMemoryReview, REPORT, recordOf, stepOf } from '../../support/memory-review.ts';
import { pressReview } from '../../support/press-review.ts';

const NO_CAGE: CageReport = {
  ...{ rung: 'L0', view: 'direct', by: 'none', holds: '', why: 'bwrap is not there' },
};

async function open(
  steps: readonly Step[],
  {
    cage = REPORT,
    columns = 80,
    isAscii = false,
    findings = [],
  }: {
    cage?: CageReport;
    columns?: number;
    isAscii?: boolean;
    findings?: readonly Finding[];
  } = {},
) {
  const source = createMemoryReview(recordOf(steps, { findings }), {}, { cage });
  const review = pressReview(source, { columns, rows: 40, isAscii });
  await review.settle();
  return review;
}

const run = (
  more: Partial<Extract<Action, { kind: 'shell.run' }>> = {},
  step: Partial<Step> = {},
) => stepOf('1', { kind: 'shell.run', argv: ['npm', 'test'], ...more } as Action, step);

describe('what a program runs in', () => {
  it('is the rung, what it holds, and where writes land', async () => {
    const rows = (await open([run()])).show();
    expect(rows).toEqual(
      expect.arrayContaining([
        'rung L3 (bwrap), no network',
        '  only the system folders in sight, no network, no capabilities',
        'what it changes is held back until the rules or you accept it',
      ]),
    );
    expect(rows.join('\n')).not.toContain('NO CAGE');
  });

  it('is asked for only where the plan runs programs', async () => {
    const none = await open([stepOf('1', { kind: 'folder.create', path: 'a' })]);
    expect(none.state().cage).toEqual({ kind: 'none' });
    const git = await open([stepOf('1', { kind: 'git.run', argv: ['status'] })]);
    expect(git.state().cage).toEqual({ kind: 'known', report: REPORT });
    expect(git.show()).toContain('rung L3 (bwrap), no network');
  });

  it('is waited for before anything is approved', () => {
    const review = pressReview(createMemoryReview(recordOf([run()]), {}), { columns: 80 });
    review.press('a');
    expect(review.show().at(-1)).toBe('What programs run in is still being tried.');
    expect(review.state().stage.kind).toBe('reading');
  });

  it('may not be known, which is said and bars nothing', async () => {
    const review = pressReview(createMemoryReview(recordOf([run()]), {}), { columns: 80 });
    const error = { code: 'failed', message: 'It broke.' } as const;
    review.send({ kind: 'cage', result: { ok: false, error } });
    expect(review.show()).toContain('What programs run in could not be tried: It broke.');
    review.press('ay\r');
    expect(review.effects().map(({ kind }) => kind)).toContain('approve');
  });

  it('is said with all that the step asks for', async () => {
    const step = run({
      network: true,
      terminal: true,
      limits: { seconds: 60, memoryMb: 512, processes: 1 },
    });
    expect((await open([step])).show()).toEqual(
      expect.arrayContaining([
        'rung L3 (bwrap), but with the network',
        'it may use the network: what it sends cannot be taken back',
        'gets a terminal that nobody types into',
        'asks for limits: 60 s, 512 MB of memory, 1 process',
      ]),
    );
  });

  it('says of a check that its changes are thrown away', async () => {
    const rows = (await open([run({}, { check: true })])).show();
    expect(rows).toContain('it is only a check: what it changes is thrown away');
  });

  it('says nothing twice that a finding has said', async () => {
    const codes = ['network', 'irreversible'];
    const findings = codes.map(
      (code): Finding => ({ severity: 'warn', code, step: '1', message: `the ${code} finding` }),
    );
    const cage: CageReport = { ...REPORT, view: 'direct' };
    const step = run({ network: true });
    const said = (await open([step], { findings, cage })).show().join('\n');
    expect(said).toContain('the irreversible finding');
    expect(said).not.toContain('what it sends');
    expect(said).not.toContain('writes into the workspace itself');
    const unsaid = (await open([step], { cage })).show().join('\n');
    expect(unsaid).toContain('it writes into the workspace itself');
  });
});

describe('the input of a program', () => {
  it('is shown whole, and no line of it passes for one of the review', async () => {
    const lines = Array.from({ length: 200 }, (_, at) => `row ${at}`);
    const step = run({ input: ['low risk', '\u202eevil', ...lines, 'end'].join('\n') });
    const review = await open([step]);
    const seen = new Set<string>();
    for (let page = 0; page < 12; page++) {
      for (const row of review.show()) seen.add(row);
      review.press('\x1b[6~');
    }
    expect(seen).toContain('reads this from its standard input, without a newline at its end:');
    expect([...seen]).toEqual(
      expect.arrayContaining([
        '| low risk',
        '| ⟨U+202E⟩evil',
        '| end',
        ...lines.map((l) => `| ${l}`),
      ]),
    );
  });

  it('is told apart from none where it is empty', async () => {
    expect((await open([run({ input: '' })])).show()).toContain('reads an empty standard input');
    expect((await open([run()])).show().join('\n')).not.toContain('standard input');
  });
});

describe('without a cage', () => {
  const BANNER = '! L0, NO CAGE: programs can read, write and send whatever you can.';

  it('a banner stands above all of it, with colour and without', async () => {
    const review = await open([stepOf('0', { kind: 'folder.create', path: 'a' }), run()], {
      cage: NO_CAGE,
    });
    expect(review.show()[0]).toBe(BANNER);
    const [banner = []] = layoutReview(review.state()).lines;
    expect(paintLine(banner, 'color')).toBe(`\x1b[31;7m${BANNER}\x1b[0m`);
    expect(paintLine(banner, 'mono')).toBe(`\x1b[1;7m${BANNER}\x1b[0m`);
    review.press('a');
    expect(review.show()[0]).toBe(BANNER);
  });

  it('the banner is whole in a narrow window, and ASCII', async () => {
    const rows = (await open([run()], { cage: NO_CAGE, columns: 40, isAscii: true })).show();
    expect(`${rows[0]} ${rows[1]}`).toBe(BANNER);
    expect(rows.join('\n')).toMatch(/^[\x00-\x7f]*$/);
  });

  it('the step and the question say what that means', async () => {
    const review = await open([run()], { cage: NO_CAGE });
    expect(review.show()).toEqual(
      expect.arrayContaining([
        'rung L0 (no cage), the network stays open',
        'it writes into the workspace itself: what it does to files cannot be taken',
      ]),
    );
    review.press('a');
    expect(review.show()).toContain('Programs run on rung L0 (no cage), the network stays open.');
    expect(review.show().join('\n')).toContain('They write into the workspace itself');
  });
});

describe('the question whether to approve', () => {
  it('names the rung once, and each program that may use the network', async () => {
    const net = stepOf('2', { kind: 'git.run', argv: ['push'], network: true });
    const review = await open([run(), net]);
    review.press('a');
    const rows = review.show();
    const at = rows.indexOf('Programs run on rung L3 (bwrap), no network.');
    expect(rows.slice(at, at + 5)).toEqual([
      'Programs run on rung L3 (bwrap), no network.',
      '  only the system folders in sight, no network, no capabilities',
      '1  run  npm test',
      '2  git  push',
      '   it may use the network',
    ]);
  });

  it('says it of a critical step by itself', async () => {
    const review = await open([run({ network: true }, { risk: 'critical' })]);
    review.press(' a');
    const said = review.show().join('\n');
    expect(said).toContain('Critical: step 1');
    expect(said).toContain('rung L3 (bwrap), but with the network');
  });
});

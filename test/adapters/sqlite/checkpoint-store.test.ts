import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLasting } from '../../../src/adapters/sqlite/lasting-database.ts';
import { must } from '../../support/audit-lab.ts';
import {
  blobsOf,
  draftOf,
  entryOf,
  fileOf,
  newCheckpointLab,
  sha256,
} from '../../support/checkpoint-lab.ts';

const failure = (code: string) => ({ ok: false, error: { code } });

function newStore(quotaBytes?: number) {
  const lab = newCheckpointLab(quotaBytes);
  return { ...lab, store: lab.open() };
}

function tamper(path: string, sql: string): void {
  const db = openLasting(path, {});
  db.exec(sql);
  db.close();
}

/** How many blobs lie in the database. */
function countBlobs(path: string): number {
  const db = openLasting(path, {});
  const count = db.prepare('SELECT count(*) FROM blobs').pluck().get() as number;
  db.close();
  return count;
}

describe('the checkpoint store, where nothing was kept', () => {
  it('has no checkpoints, and creates nothing by looking', () => {
    const { path, store } = newStore(1000);
    const givenUp = { checkpoints: 0, bytes: 0 };
    expect(store.list({})).toEqual({ ok: true, value: [] });
    expect(store.usage()).toEqual({
      ok: true,
      value: { checkpoints: 0, bytes: 0, quotaBytes: 1000, givenUp },
    });
    for (const result of [store.find(1), store.blob('ab')]) {
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'not-found', hint: expect.stringContaining('checkpoints') },
      });
    }
    store.close();
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('holds two GiB where nobody said otherwise', () => {
    expect(must(newStore().store.usage()).quotaBytes).toBe(2_147_483_648);
  });

  it('has none either where a killed process left an empty file, and takes its first', () => {
    const { path, store, open } = newStore();
    mkdirSync(dirname(path));
    writeFileSync(path, '');
    expect(open().list({})).toEqual({ ok: true, value: [] });
    must(store.begin([draftOf('p', 'a', 'one')], blobsOf('one')));
    expect(must(open().list({}))).toHaveLength(1);
  });
});

describe('beginning steps', () => {
  it('keeps what they were and what they will be, in order, for another process too', () => {
    const { store, open } = newStore();
    const images = [
      { path: 'new.ts', kind: 'absent' },
      { path: 'src', kind: 'folder', mode: 0o755 },
      { path: 'link', kind: 'link', target: '../\udc80 elsewhere' },
      { path: 'grüße \0 "x".ts', kind: 'folder', mode: 0o700, hash: 'ab' },
      { path: 'dev', kind: 'other', what: 'device' },
    ] as const;
    const entries = images.map((before) => ({ before, after: fileOf(before.path, 'new') }));
    const drafts = [draftOf('p', 'a', 'one', 'two'), { plan: 'p', step: 'b', undoes: 7, entries }];
    const ids = must(store.begin(drafts, blobsOf('one', 'two')));
    expect(ids).toEqual([1, 2]);
    const kept = must(open().list({}));
    expect(kept).toEqual([
      { ...drafts[0], id: 1, status: 'open', at: expect.stringMatching(/^2026-01-31T12:/) },
      { ...drafts[1], id: 2, status: 'open', at: kept[0]?.at },
    ]);
    expect(open().find(2)).toEqual({ ok: true, value: kept[1] });
    expect(Buffer.from(must(open().blob(sha256('two')))).toString()).toBe('two');
  });

  it('keeps equal bytes once, and only those that are needed', () => {
    const { store, path } = newStore();
    const drafts = [draftOf('p', 'a', 'same', 'same'), draftOf('p', 'b', 'same')];
    must(store.begin(drafts, blobsOf('same', 'nobody needs this')));
    must(store.begin([draftOf('q', 'a', 'same')], blobsOf('same')));
    // Said to be kept already, and so it is.
    must(store.begin([draftOf('q', 'b', 'same')], blobsOf()));
    expect(countBlobs(path)).toBe(1);
    expect(store.blob(sha256('nobody needs this'))).toMatchObject(failure('not-found'));
  });

  it('keeps an empty file as well as any other', () => {
    const { store } = newStore();
    must(store.begin([draftOf('p', 'a', '')], blobsOf('')));
    expect(must(store.blob(sha256('')))).toHaveLength(0);
  });

  it.each([
    ['lacks the bytes of one file', blobsOf('one')],
    ['has other bytes for one', new Map([...blobsOf('one'), [sha256('two'), Buffer.from('2')]])],
  ])('refuses a batch that %s, and begins none of it', (_, blobs) => {
    const { store, path } = newStore();
    const drafts = [draftOf('p', 'a', 'one'), draftOf('p', 'b', 'two')];
    expect(store.begin(drafts, blobs)).toMatchObject(failure('failed'));
    expect(must(store.list({}))).toEqual([]);
    expect(existsSync(path) ? countBlobs(path) : 0).toBe(0);
    expect(must(store.usage()).bytes).toBe(0);
  });

  it('refuses a file that no row can hold, before anything else', () => {
    const { store, path } = newStore();
    const blobs = new Map([[sha256('huge'), new Uint8Array(1_000_000_000)]]);
    expect(store.begin([draftOf('p', 'a', 'huge')], blobs)).toMatchObject(failure('limit'));
    expect(existsSync(path)).toBe(false);
  });

  it('puts good bytes in the place of damaged ones, and does not rely on those', () => {
    const { store, path } = newStore();
    must(store.begin([draftOf('p', 'a', 'good')], blobsOf('good')));
    const { bytes } = must(store.usage());
    tamper(path, "UPDATE blobs SET bytes = x'00'");
    expect(store.blob(sha256('good'))).toMatchObject(failure('unreadable'));
    expect(store.begin([draftOf('p', 'b', 'good')], blobsOf())).toMatchObject(
      failure('unreadable'),
    );
    must(store.begin([draftOf('p', 'b', 'good')], blobsOf('good')));
    expect(Buffer.from(must(store.blob(sha256('good')))).toString()).toBe('good');
    expect(must(store.usage()).bytes).toBe(2 * bytes - 'good'.length);
  });
});

describe('ending steps', () => {
  it('says of all of them how they ended, or of none', () => {
    const { store, open } = newStore();
    const ids = must(
      store.begin([draftOf('p', 'a', '1'), draftOf('p', 'b', '2')], blobsOf('1', '2')),
    );
    expect(store.end([...ids, 99], 'done')).toMatchObject(failure('not-found'));
    expect(must(open().list({ status: 'open' }))).toHaveLength(2);
    must(store.end(ids, 'done'));
    must(store.end([ids[0] ?? 0], 'undone'));
    expect(must(open().list({})).map(({ status }) => status)).toEqual(['undone', 'done']);
  });

  it('lets them be listed by plan and by how they ended', () => {
    const { store } = newStore();
    const begin = (plan: string, step: string) =>
      must(store.begin([draftOf(plan, step, step)], blobsOf(step)));
    begin('p', 'a');
    begin('q', 'b');
    must(store.end(begin('p', 'c'), 'reverted'));
    const steps = (filter: Parameters<typeof store.list>[0]) =>
      must(store.list(filter)).map(({ step }) => step);
    expect(steps({ plan: 'p' })).toEqual(['a', 'c']);
    expect(steps({ status: 'open' })).toEqual(['a', 'b']);
    expect(steps({ plan: 'p', status: 'reverted' })).toEqual(['c']);
    expect(steps({ plan: 'none' })).toEqual([]);
    expect(must(store.list({ plan: 'p' }))[0]?.entries).toEqual([entryOf('src/a-0.ts', 'a')]);
  });
});

describe('pruning', () => {
  it('forgets checkpoints, and the bytes that no other one needs', () => {
    const { store } = newStore();
    const [first = 0] = must(
      store.begin([draftOf('p', 'a', 'mine', 'ours')], blobsOf('mine', 'ours')),
    );
    const [second = 0] = must(store.begin([draftOf('p', 'b', 'ours')], blobsOf('ours')));
    must(store.end([first, second], 'done'));
    const before = must(store.usage()).bytes;
    const { freedBytes } = must(store.prune([first, first]));
    expect(store.blob(sha256('mine'))).toMatchObject(failure('not-found'));
    expect(store.blob(sha256('ours')).ok).toBe(true);
    expect(must(store.usage())).toMatchObject({ checkpoints: 1, bytes: before - freedBytes });
    must(store.prune([second]));
    expect(must(store.usage())).toMatchObject({ checkpoints: 0, bytes: 0 });
    expect(must(store.prune([])).freedBytes).toBe(0);
  });

  it('never gives a number twice', () => {
    const { store } = newStore();
    const begin = () => must(store.begin([draftOf('p', 'a', 'x')], blobsOf('x')))[0] ?? 0;
    const id = begin();
    must(store.end([id], 'done'));
    must(store.prune([id]));
    expect(begin()).toBe(id + 1);
  });

  it('refuses what is open or not there, and then forgets nothing', () => {
    const { store } = newStore();
    const ids = must(
      store.begin([draftOf('p', 'a', '1'), draftOf('p', 'b', '2')], blobsOf('1', '2')),
    );
    must(store.end(ids.slice(0, 1), 'done'));
    expect(store.prune(ids)).toMatchObject(failure('busy'));
    expect(store.prune([ids[0] ?? 0, 99])).toMatchObject(failure('not-found'));
    expect(must(store.list({}))).toHaveLength(2);
  });

  it('gives the room back to the disk, and leaves nothing to be read there', () => {
    const { store, path } = newStore();
    const secret = 'a-secret-that-nobody-else-says ';
    const texts = Array.from({ length: 40 }, (_, number) => `${number} ${secret.repeat(3000)}`);
    const ids = texts.flatMap((text, number) =>
      must(store.begin([draftOf('p', `${number}`, text)], blobsOf(text))),
    );
    must(store.end(ids, 'done'));
    expect(statSync(path).size).toBeGreaterThan(2_000_000);
    expect(must(store.prune(ids)).freedBytes).toBeGreaterThan(3_000_000);
    expect(statSync(path).size).toBeLessThan(100_000);
    const folder = dirname(path);
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(bytes.filter((text) => text.includes(secret))).toEqual([]);
  });
});

describe('the quota', () => {
  /** Room for ten files, each of its own plan and with its own step. */
  function fillStore() {
    const text = (step: string) => step.repeat(10_000);
    const lab = newStore(105_000);
    const begin = (plan: string, step: string) =>
      lab.store.begin([draftOf(plan, step, text(step))], blobsOf(text(step)));
    const fill = (steps: string, status: 'done' | 'undone' | 'reverted' | 'open') => {
      for (const step of steps) {
        const ids = must(begin(`plan-${step}`, step));
        if (status !== 'open') must(lab.store.end(ids, status));
      }
    };
    const steps = () =>
      must(lab.store.list({}))
        .map(({ step }) => step)
        .join('');
    return { ...lab, begin, fill, steps };
  }

  it('gives up the oldest that were taken back, then the oldest that are done', () => {
    const { fill, begin, steps, store } = fillStore();
    fill('ab', 'done');
    fill('cd', 'undone');
    fill('e', 'reverted');
    fill('fghij', 'done');
    must(begin('new', 'k'));
    expect(steps()).toBe('abdefghijk');
    must(begin('new', 'l'));
    must(begin('new', 'm'));
    expect(steps()).toBe('abfghijklm');
    must(begin('new', 'n'));
    expect(steps()).toBe('bfghijklmn');
    const { bytes, givenUp } = must(store.usage());
    expect(bytes).toBeLessThan(105_000);
    expect(givenUp.checkpoints).toBe(4);
    expect(givenUp.bytes).toBeGreaterThan(40_000);
  });

  it('never gives up what is open, or what the plan being run did', () => {
    const { fill, begin, steps, store } = fillStore();
    fill('abcde', 'open');
    for (const step of 'fghij') must(store.end(must(begin('mine', step)), 'done'));
    const before = must(store.usage());
    expect(begin('mine', 'k')).toMatchObject({
      ok: false,
      error: { code: 'limit', hint: expect.stringContaining('checkpoints prune') },
    });
    expect(steps()).toBe('abcdefghij');
    expect(must(store.usage())).toEqual(before);
    // Another plan may have the room of this one's.
    must(begin('other', 'k'));
    expect(steps()).toBe('abcdeghijk');
  });

  it('gives up nothing where that would not be enough', () => {
    const { fill, steps, store } = fillStore();
    fill('abcdefgh', 'open');
    fill('ij', 'done');
    const texts = ['x', 'y', 'z'].map((letter) => letter.repeat(10_000));
    const draft = draftOf('new', 'n', ...texts);
    expect(store.begin([draft], blobsOf(...texts))).toMatchObject(failure('limit'));
    expect(steps()).toBe('abcdefghij');
    expect(store.blob(sha256('i'.repeat(10_000))).ok).toBe(true);
  });

  it('refuses what is larger than all of it before it opens anything', () => {
    const { store, path } = newStore(100);
    const text = 'x'.repeat(101);
    expect(store.begin([draftOf('p', 'a', text)], blobsOf(text))).toMatchObject(failure('limit'));
    expect(existsSync(path)).toBe(false);
  });

  it('keeps the bytes that a new step shares with one that goes', () => {
    const { fill, begin, store, steps } = fillStore();
    fill('abcdefghij', 'done');
    // `a` is kept already, so its second checkpoint needs no room but for its name.
    must(begin('new', 'a'));
    const texts = ['a', 'k'].map((letter) => letter.repeat(10_000));
    must(store.begin([draftOf('new', 'k', ...texts)], blobsOf(...texts)));
    expect(steps()).not.toContain('b');
    expect(store.blob(sha256('a'.repeat(10_000))).ok).toBe(true);
  });
});

describe('a damaged store', () => {
  it.each([
    ['an entry that is no JSON', "UPDATE entries SET before = '{'"],
    ['an entry of no known kind', `UPDATE entries SET after = '{"path":"a","kind":"what"}'`],
    ['an entry without a path', `UPDATE entries SET after = '{"kind":"absent"}'`],
    [
      'an entry that names other bytes',
      `UPDATE entries SET before = replace(before, '"hash":"', '"hash":"0')`,
    ],
  ])('with %s is called unreadable', (_, sql) => {
    const { store, path } = newStore();
    must(store.begin([draftOf('p', 'a', 'one')], blobsOf('one')));
    tamper(path, sql);
    expect(store.list({})).toMatchObject(failure('unreadable'));
    expect(store.find(1)).toMatchObject(failure('unreadable'));
    expect(store.blob(sha256('one')).ok).toBe(true);
  });

  it('of which a page was overwritten is called unreadable, and stays as it is', () => {
    const { store, path, open } = newStore();
    const text = 'x'.repeat(100_000);
    must(store.begin([draftOf('p', 'a', text)], blobsOf(text)));
    store.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, bytes.length - 4096);
    writeFileSync(path, bytes);
    const other = open();
    expect(other.list({})).toMatchObject(failure('unreadable'));
    expect(other.begin([draftOf('p', 'b', 'y')], blobsOf('y'))).toMatchObject(
      failure('unreadable'),
    );
    other.close();
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('that is no database is left as it is', () => {
    const { store, path } = newStore();
    mkdirSync(dirname(path));
    const text = 'no database, but long enough for one. '.repeat(40);
    writeFileSync(path, text);
    expect(store.list({})).toMatchObject(failure('unreadable'));
    expect(store.begin([draftOf('p', 'a', '1')], blobsOf('1'))).toMatchObject(
      failure('unreadable'),
    );
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfigReader } from '../../../src/adapters/files/config-reader.ts';
import { createConfigWriter } from '../../../src/adapters/files/config-writer.ts';
import { settingsSchema } from '../../../src/core/config/schema.ts';
import type { Places } from '../../../src/ports.ts';
import { canMount, mountOver, remountReadOnly } from '../../support/mount-over.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';

const userFile = (places: Places) => join(places.config, 'config.yaml');
const level = (places: Places) => {
  const loaded = createConfigReader({ places, env: {}, flags: {} }).load();
  return loaded.ok && loaded.value.settings.level;
};

describe('set', () => {
  it('makes a file that names its schema, and the schema beside it', () => {
    const places = temporaryPlaces();
    expect(createConfigWriter({ places }).set('user', 'level', 'strict').ok).toBe(true);
    expect(readFileSync(userFile(places), 'utf8')).toBe(
      '# yaml-language-server: $schema=./config.schema.json\n\nlevel: strict\n',
    );
    const schema = readFileSync(join(places.config, 'config.schema.json'), 'utf8');
    expect(JSON.parse(schema)).toEqual(settingsSchema());
    expect(statSync(userFile(places)).mode & 0o777).toBe(0o600);
    expect(statSync(places.config).mode & 0o777).toBe(0o700);
    expect(level(places)).toBe('strict');
  });

  it('keeps comments and all other values of a file that is there', () => {
    const places = temporaryPlaces();
    put(userFile(places), '# mine\nlevel: strict # keep\nmode: chat\n');
    expect(createConfigWriter({ places }).set('user', 'level', 'paranoid').ok).toBe(true);
    expect(readFileSync(userFile(places), 'utf8')).toBe(
      '# mine\nlevel: paranoid # keep\nmode: chat\n',
    );
  });

  it('writes into the workspace where that is asked for', () => {
    const places = temporaryPlaces();
    expect(createConfigWriter({ places }).set('workspace', 'level', 'strict').ok).toBe(true);
    expect(existsSync(join(places.workspace, '.tinycode', 'config.yaml'))).toBe(true);
    expect(existsSync(userFile(places))).toBe(false);
    expect(level(places)).toBe('strict');
  });

  it('writes nothing for an unknown key or an impossible value', () => {
    const places = temporaryPlaces();
    const writer = createConfigWriter({ places });
    expect(writer.set('user', 'levle', 'strict')).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: 'Did you mean level?' },
    });
    expect(writer.set('user', 'level', 'lax')).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
    expect(existsSync(places.config)).toBe(false);
  });

  it('leaves a file as it is that it does not understand', () => {
    const places = temporaryPlaces();
    const text = 'level: [strict\n';
    put(userFile(places), text);
    expect(createConfigWriter({ places }).set('user', 'level', 'strict').ok).toBe(false);
    expect(readFileSync(userFile(places), 'utf8')).toBe(text);
  });

  it('writes through a link of the user, whose dotfiles stay where they are', () => {
    const places = temporaryPlaces();
    const real = put(join(places.home, 'dotfiles', 'tc.yaml'), 'level: strict\n');
    mkdirSync(places.config, { recursive: true });
    symlinkSync(real, userFile(places));
    expect(createConfigWriter({ places }).set('user', 'level', 'paranoid').ok).toBe(true);
    expect(lstatSync(userFile(places)).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('level: paranoid\n');
  });

  it('writes nothing through a link out of the workspace', () => {
    const places = temporaryPlaces();
    const outside = put(join(places.home, 'dot', 'config.yaml'), 'level: strict\n');
    symlinkSync(dirname(outside), join(places.workspace, '.tinycode'));
    expect(createConfigWriter({ places }).set('workspace', 'level', 'paranoid')).toMatchObject({
      ok: false,
      error: { code: 'untrusted' },
    });
    expect(readFileSync(outside, 'utf8')).toBe('level: strict\n');
  });

  it('says what to do where no folder can be made', () => {
    const places = temporaryPlaces();
    put(join(places.home, '.config'), 'a file in the way');
    expect(createConfigWriter({ places }).set('user', 'level', 'strict')).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining(places.config) },
    });
  });
});

describe.skipIf(!canMount)('a home that cannot be written (only root can mount one)', () => {
  it('keeps the file of a full disk and says so', async () => {
    const places = temporaryPlaces();
    await mountOver(places.home, 'size=128k');
    const text = `# ${'x'.repeat(20_000)}\nlevel: strict\n`;
    put(userFile(places), text);
    put(join(places.home, 'filler'), '');
    expect(() => put(join(places.home, 'filler'), 'x'.repeat(200_000))).toThrow('ENOSPC');
    expect(createConfigWriter({ places }).set('user', 'level', 'paranoid')).toMatchObject({
      ok: false,
      error: { code: 'failed', message: expect.stringContaining('the disk is full') },
    });
    expect(readFileSync(userFile(places), 'utf8')).toBe(text);
    expect(readdirSync(places.config)).toEqual(['config.yaml']);
  });

  it('names the way out of a read-only one, and still reads', async () => {
    const places = temporaryPlaces();
    await mountOver(places.home, 'size=128k');
    put(userFile(places), 'level: strict\n');
    expect(await remountReadOnly(places.home)).toBe(0);
    expect(level(places)).toBe('strict');
    expect(createConfigWriter({ places }).set('user', 'level', 'paranoid')).toMatchObject({
      ok: false,
      error: {
        message: expect.stringContaining('read-only'),
        hint: expect.stringContaining('XDG_CONFIG_HOME'),
      },
    });
  });
});

describe('unset', () => {
  it('removes a value and keeps the rest', () => {
    const places = temporaryPlaces();
    put(userFile(places), '# mine\nlevel: strict\nmode: chat\n');
    expect(createConfigWriter({ places }).unset('user', 'mode').ok).toBe(true);
    expect(readFileSync(userFile(places), 'utf8')).toBe('# mine\nlevel: strict\n');
  });

  it('makes no file', () => {
    const places = temporaryPlaces();
    expect(createConfigWriter({ places }).unset('user', 'mode').ok).toBe(true);
    expect(existsSync(places.config)).toBe(false);
  });
});

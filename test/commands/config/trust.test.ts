import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfigReader } from '../../../src/adapters/files/config-reader.ts';
import { trust, trustGrant, trustRevoke } from '../../../src/commands/config/trust.ts';
import { put, temporaryPlaces } from '../../support/temporary-places.ts';
import { tryCommand } from '../../support/try-command.ts';

const world = () => {
  const places = temporaryPlaces();
  put(join(places.workspace, '.tinycode', 'config.yaml'), 'mode: execute\nmodel: big\n');
  put(join(places.workspace, '.tinycode', 'policies', 'own.yaml'), 'rules: []\n');
  put(join(places.workspace, '.tinycode', 'plugins', 'p', 'main.js'), '');
  put(join(places.workspace, '.tinycode', 'prompts', 'p.md'), '');
  return { config: createConfigReader({ places, env: {}, flags: {} }) };
};

describe('trust', () => {
  it('lists what waits and why', async () => {
    const { result, blocks } = await tryCommand(trust, [], world());
    expect(result).toMatchObject({
      ok: true,
      value: {
        data: {
          waiting: [
            { path: '.tinycode/config.yaml', why: 'it asks for mode: execute, model: big' },
            { path: '.tinycode/policies/own.yaml', why: 'its rules that allow something' },
            { path: '.tinycode/plugins/p/main.js', why: 'code that would run' },
            { path: '.tinycode/prompts/p.md', why: 'text that would instruct the model' },
          ],
        },
      },
    });
    expect(blocks[0]).toMatchObject({ kind: 'items', items: { length: 4 } });
  });

  it('says so where nothing waits', async () => {
    const config = createConfigReader({ places: temporaryPlaces(), env: {}, flags: {} });
    const { blocks } = await tryCommand(trust, [], { config });
    expect(blocks).toMatchObject([{ text: expect.stringContaining('Nothing') }]);
  });
});

describe('trust grant', () => {
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/);

  it('asks to trust all that wait, with their hashes', async () => {
    const { result } = await tryCommand(trustGrant, [], world());
    expect(result).toMatchObject({
      ok: true,
      value: { changes: [{ kind: 'trust.grant', files: { length: 4 } }] },
    });
  });

  it('asks to trust only what is named', async () => {
    const { result } = await tryCommand(trustGrant, ['.tinycode/config.yaml'], world());
    expect(result).toMatchObject({
      ok: true,
      value: {
        changes: [
          { kind: 'trust.grant', files: [{ path: '.tinycode/config.yaml', sha256: hash }] },
        ],
      },
    });
  });

  it('refuses a file that does not wait, and names the nearest', async () => {
    const { result } = await tryCommand(trustGrant, ['.tinycode/config.yml'], world());
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'not-found', hint: 'Did you mean .tinycode/config.yaml?' },
    });
  });

  it('changes nothing where nothing waits', async () => {
    const config = createConfigReader({ places: temporaryPlaces(), env: {}, flags: {} });
    const { result } = await tryCommand(trustGrant, [], { config });
    expect(result).toMatchObject({ ok: true, value: { changes: [] } });
  });
});

describe('trust revoke', () => {
  it('asks to take all trust back', async () => {
    const { result } = await tryCommand(trustRevoke, [], world());
    expect(result).toMatchObject({ ok: true, value: { changes: [{ kind: 'trust.revoke' }] } });
  });
});

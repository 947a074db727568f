import { describe, expect, it } from 'vitest';
import {
  isLoosening,
  type Layer,
  mergeLayers,
  nameSettings,
} from '../../../src/core/config/merge.ts';
import { ALL_SETTINGS, type SettingSpec } from '../../../src/core/config/settings.ts';
import type { ConfigSource, Json } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';

const layer = (source: ConfigSource, values: Record<string, Json>, isTrusted = true): Layer => ({
  source,
  isTrusted,
  values: new Map(
    Object.entries(values).map(([key, value]) => [key, { value, from: `${source}!` }]),
  ),
});
const merged = (key: string, ...layers: Layer[]) =>
  mergeLayers(layers).find((setting) => setting.key === key);

const valueFor = (spec: SettingSpec): fc.Arbitrary<Json> => {
  switch (spec.type) {
    case 'choice':
      return fc.constantFrom(...spec.choices);
    case 'boolean':
      return fc.boolean();
    case 'text':
      return fc.stringMatching(/^[a-z:.0-9]{1,12}$/);
    default:
      return spec satisfies never;
  }
};
const anyValues = fc.record(
  Object.fromEntries(ALL_SETTINGS.map((spec) => [spec.key, valueFor(spec)])),
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, Json>>;

describe('mergeLayers', () => {
  it('takes the default where nobody says anything', () => {
    expect(merged('level')).toMatchObject({ value: 'standard', source: 'default' });
    expect(merged('level')).not.toHaveProperty('from');
  });

  it('lets the last layer win and says where its value comes from', () => {
    const layers = [
      layer('user', { level: 'strict' }),
      layer('environment', { level: 'paranoid' }),
    ];
    expect(merged('level', ...layers)).toMatchObject({
      value: 'paranoid',
      source: 'environment',
      from: 'environment!',
    });
  });

  it('applies what an untrusted workspace tightens', () => {
    const workspace = layer('workspace', { level: 'strict' }, false);
    expect(merged('level', workspace)).toMatchObject({ value: 'strict', source: 'workspace' });
  });

  it('holds back what an untrusted workspace loosens against the user', () => {
    const layers = [
      layer('user', { level: 'strict' }),
      layer('workspace', { level: 'standard' }, false),
    ];
    expect(merged('level', ...layers)).toMatchObject({
      value: 'strict',
      source: 'user',
      heldBack: 'standard',
    });
  });

  it.each(['ollama.host', 'model', 'editor', 'ui.color'])(
    'holds back %s from an untrusted workspace whatever it is',
    (key) => {
      expect(merged(key, layer('workspace', { [key]: 'elsewhere' }, false))).toMatchObject({
        source: 'default',
        heldBack: 'elsewhere',
      });
    },
  );

  it('gives a trusted workspace what it asks for', () => {
    expect(merged('mode', layer('workspace', { mode: 'execute' }))).toMatchObject({
      value: 'execute',
      source: 'workspace',
    });
  });

  it('lets the environment loosen again for this run', () => {
    const layers = [
      layer('workspace', { level: 'paranoid' }, false),
      layer('environment', { level: 'permissive' }),
    ];
    expect(merged('level', ...layers)?.value).toBe('permissive');
  });

  it('never lets an untrusted workspace loosen or move anything', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (user, workspace) => {
        const without = mergeLayers([layer('user', user)]);
        const withIt = mergeLayers([layer('user', user), layer('workspace', workspace, false)]);
        for (const [index, spec] of ALL_SETTINGS.entries()) {
          const before = without[index]?.value ?? null;
          const after = withIt[index]?.value ?? null;
          const order: readonly Json[] = spec.tightening ?? [];
          if (order.length === 0) expect(after).toEqual(before);
          else expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
        }
      }),
    );
  });

  it('holds back exactly the values that it does not apply', () => {
    fc.assert(
      fc.property(anyValues, (workspace) => {
        for (const setting of mergeLayers([layer('workspace', workspace, false)])) {
          const asked = workspace[setting.key];
          if (asked === undefined) expect(setting.source).toBe('default');
          else expect(setting.heldBack ?? setting.value).toEqual(asked);
        }
      }),
    );
  });
});

describe('isLoosening', () => {
  it('counts a value that the order does not know as loosening', () => {
    const [mode] = ALL_SETTINGS;
    expect(mode && isLoosening(mode, 'propose', 'surprise')).toBe(true);
  });
});

describe('nameSettings', () => {
  it('gives the program every default under its own name', () => {
    expect(nameSettings(mergeLayers([]))).toEqual({
      mode: 'chat',
      level: 'standard',
      ollamaHost: '127.0.0.1:11434',
      keepsAnswers: true,
      model: '',
      editor: 'vi',
      color: 'auto',
      isScreenReader: false,
      isAscii: false,
    });
  });
});

import type { ConfigSource, Json, Level, Mode } from '../types.ts';
import { ALL_SETTINGS, type SettingKey, type SettingSpec } from './settings.ts';

/** What one place says. Layers are merged in the order in which they stand; the last one wins. */
export type Layer = {
  readonly source: ConfigSource;
  /** An untrusted layer can only tighten what the layers below it say. */
  readonly isTrusted: boolean;
  readonly values: ReadonlyMap<string, LayerValue>;
};
export type LayerValue = { readonly value: Json; readonly from?: string };

export type MergedSetting = {
  readonly key: string;
  readonly value: Json;
  readonly source: ConfigSource;
  readonly from?: string;
  readonly summary: string;
  readonly heldBack?: Json;
};

export function mergeLayers(layers: readonly Layer[]): readonly MergedSetting[] {
  return ALL_SETTINGS.map((spec) => {
    const start: MergedSetting = {
      key: spec.key,
      value: spec.default,
      source: 'default',
      summary: spec.summary,
    };
    return layers.reduce((below, layer) => mergeOne(spec, below, layer), start);
  });
}

function mergeOne(spec: SettingSpec, below: MergedSetting, layer: Layer): MergedSetting {
  const said = layer.values.get(spec.key);
  if (!said) return below;
  if (!layer.isTrusted && isLoosening(spec, below.value, said.value)) {
    return { ...below, heldBack: said.value };
  }
  const { from: _, ...rest } = below;
  return { ...rest, ...said, source: layer.source };
}

/** True for every change that is not known to tighten. */
export function isLoosening(spec: SettingSpec, current: Json, wanted: Json): boolean {
  if (wanted === current) return false;
  const order: readonly Json[] = spec.tightening ?? [];
  const from = order.indexOf(current);
  const to = order.indexOf(wanted);
  return from === -1 || to === -1 || to < from;
}

/** The merged settings under the names that the program uses. */
export function nameSettings(merged: readonly MergedSetting[]) {
  const get = (key: SettingKey): Json => merged.find((setting) => setting.key === key)?.value ?? '';
  // Every value has passed `checkValue` against the table, which these types repeat.
  return {
    mode: get('mode') as Mode,
    level: get('level') as Level,
    ollamaHost: get('ollama.host') as string,
    keepsAnswers: get('ollama.keepAnswers') === true,
    model: get('model') as string,
    editor: get('editor') as string,
    color: get('ui.color') as 'auto' | 'always' | 'never',
    isScreenReader: get('ui.screenReader') === true,
    isAscii: get('ui.ascii') === true,
  };
}

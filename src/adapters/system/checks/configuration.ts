import type { ConfigReader } from '../../../ports.ts';
import { bad, fine, type Probe, warn } from '../probe.ts';

export const configurationProbe = (config: Pick<ConfigReader, 'load'>): Probe => ({
  check: 'configuration',
  async run() {
    const loaded = config.load();
    if (!loaded.ok) return bad(loaded.error.message, loaded.error.hint ?? 'Correct the file.');
    const { all, untrusted, warnings = [] } = loaded.value;
    const own = all.filter((setting) => setting.source !== 'default').length;
    const detail = `${own} of ${all.length} settings are set somewhere, the others are defaults.`;
    if (warnings.length > 0) return warn(warnings.join(' '), 'Look at it with: tinycode trust');
    if (untrusted.length === 0) return fine(detail);
    const files = untrusted.length === 1 ? 'file waits' : 'files wait';
    return warn(
      `${untrusted.length} ${files} for your trust; until then they change nothing.`,
      'Look at them with: tinycode trust',
    );
  },
});

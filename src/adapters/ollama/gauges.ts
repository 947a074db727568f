import {
  estimateTokens,
  FRESH_GAUGE,
  type Gauge,
  learn,
} from '../../core/models/estimate-tokens.ts';
import { fullName } from '../../core/models/names.ts';

/** How many tokens a text is, model by model: every answer says how many there really were. */
export type Gauges = {
  estimate(model: string, text: string): number;
  learn(model: string, text: string, counted: number): void;
};

export function createGauges(): Gauges {
  const gauges = new Map<string, Gauge>();
  const gaugeOf = (model: string): Gauge => gauges.get(fullName(model)) ?? FRESH_GAUGE;
  return {
    estimate: (model, text) => Math.ceil(estimateTokens(text) * gaugeOf(model)),
    learn(model, text, counted) {
      gauges.set(fullName(model), learn(gaugeOf(model), estimateTokens(text), counted));
    },
  };
}

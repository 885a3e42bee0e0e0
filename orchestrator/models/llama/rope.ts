import { architectureOf, headSizes, type LlamaConfig } from './config.ts';
import type { RopeScaling } from './rope-scaling.ts';

/**
 * Cosines and sines of rotary position embeddings for positions [0, length), each [length, headSize / 2]
 * (Su et al. 2021), with the scaling that `config.json` names: linear (position interpolation), dynamic
 * (NTK-aware, for the given length), llama3 (by wavelength) or yarn (Peng et al. 2023).
 */
export function ropeTables(config: LlamaConfig, length: number): { cos: Float32Array; sin: Float32Array } {
  const half = headSizes(config).headSize / 2;
  const frequencies = inverseFrequencies(config, length);
  const gain = attentionFactor(scalingOf(config));
  const cos = new Float32Array(length * half);
  const sin = new Float32Array(length * half);
  for (let position = 0; position < length; position++) {
    for (let at = 0; at < half; at++) {
      cos[position * half + at] = gain * Math.cos(position * frequencies[at]);
      sin[position * half + at] = gain * Math.sin(position * frequencies[at]);
    }
  }
  return { cos, sin };
}

/** Where a file has both, written by hand or for older readers, transformers goes by `rope_scaling`. */
function scalingOf({ rope_scaling, rope_parameters }: LlamaConfig): RopeScaling {
  const isGiven = rope_scaling && Object.keys(rope_scaling).length > 0;
  return (isGiven ? rope_scaling : rope_parameters) ?? {};
}

function typeOf(scaling: RopeScaling) {
  return scaling.rope_type ?? scaling.type ?? 'default';
}

function inverseFrequencies(config: LlamaConfig, length: number): number[] {
  const scaling = scalingOf(config);
  const theta = scaling.rope_theta ?? config.rope_theta ?? architectureOf(config).ropeTheta;
  const { headSize } = headSizes(config);
  const plain = (base: number) =>
    Array.from({ length: headSize / 2 }, (_, at) => base ** ((-2 * at) / headSize));
  const factor = scaling.factor ?? 1;
  switch (typeOf(scaling)) {
    case 'default':
      return plain(theta);
    case 'linear':
      return plain(theta).map((frequency) => frequency / factor);
    case 'dynamic': {
      const longest = config.max_position_embeddings;
      if (length <= longest) return plain(theta);
      const growth = (factor * length) / longest - (factor - 1);
      return plain(theta * growth ** (headSize / (headSize - 2)));
    }
    case 'llama3':
      return plain(theta).map((frequency) => llama3Frequency(frequency, factor, scaling, config));
    case 'yarn':
      return yarnFrequencies(plain(theta), theta, factor, scaling, config);
  }
}

/** Long waves are stretched by `factor`, short ones kept, those between blended (LLaMA 3.1). */
function llama3Frequency(
  frequency: number,
  factor: number,
  scaling: RopeScaling,
  config: LlamaConfig,
): number {
  const { low_freq_factor: low = 1, high_freq_factor: high = 4 } = scaling;
  const context = scaling.original_max_position_embeddings ?? config.max_position_embeddings;
  const wavelength = (2 * Math.PI) / frequency;
  if (wavelength < context / high) return frequency;
  if (wavelength > context / low) return frequency / factor;
  const smooth = (context / wavelength - low) / (high - low);
  return (1 - smooth) * (frequency / factor) + smooth * frequency;
}

/**
 * YaRN, section 3.2: dimensions that turn more than `beta_fast` times within the original context are kept, those
 * that turn less than `beta_slow` times are stretched, with a ramp over the dimensions between them.
 */
function yarnFrequencies(
  plain: number[],
  theta: number,
  factor: number,
  scaling: RopeScaling,
  config: LlamaConfig,
): number[] {
  const { headSize } = headSizes(config);
  const context = scaling.original_max_position_embeddings ?? config.max_position_embeddings;
  const dimensionOf = (turns: number) =>
    (headSize * Math.log(context / (2 * Math.PI * turns))) / (2 * Math.log(theta));
  const whole = scaling.truncate ?? true;
  const first = dimensionOf(scaling.beta_fast ?? 32);
  const last = dimensionOf(scaling.beta_slow ?? 1);
  const low = Math.max(whole ? Math.floor(first) : first, 0);
  const high = Math.min(whole ? Math.ceil(last) : last, headSize - 1);
  return plain.map((frequency, at) => {
    const stretched = Math.min(Math.max((at - low) / (high === low ? 0.001 : high - low), 0), 1);
    return frequency * (1 - stretched) + (frequency / factor) * stretched;
  });
}

/** YaRN, section 3.4: sharper attention over a longer context, folded into both sines and cosines. */
function attentionFactor(scaling: RopeScaling): number {
  if (typeOf(scaling) !== 'yarn') return 1;
  const { factor = 1 } = scaling;
  return scaling.attention_factor ?? (factor > 1 ? 0.1 * Math.log(factor) + 1 : 1);
}

import { headSizes, type LlamaConfig, type RopeScaling } from './config.ts';

/**
 * Cosines and sines of rotary position embeddings for positions [0, length), each [length, headSize / 2]
 * (Su et al. 2021), with the scaling that `config.json` names: linear (position interpolation), dynamic
 * (NTK-aware, for the given length) or llama3 (by wavelength).
 */
export function ropeTables(config: LlamaConfig, length: number): { cos: Float32Array; sin: Float32Array } {
  const half = headSizes(config).headSize / 2;
  const frequencies = inverseFrequencies(config, length);
  const cos = new Float32Array(length * half);
  const sin = new Float32Array(length * half);
  for (let position = 0; position < length; position++) {
    for (let at = 0; at < half; at++) {
      cos[position * half + at] = Math.cos(position * frequencies[at]);
      sin[position * half + at] = Math.sin(position * frequencies[at]);
    }
  }
  return { cos, sin };
}

function inverseFrequencies(config: LlamaConfig, length: number): number[] {
  const scaling: RopeScaling = config.rope_parameters ?? config.rope_scaling ?? {};
  const theta = config.rope_theta ?? scaling.rope_theta ?? 10000;
  const { headSize } = headSizes(config);
  const plain = (base: number) =>
    Array.from({ length: headSize / 2 }, (_, at) => base ** ((-2 * at) / headSize));
  const factor = scaling.factor ?? 1;
  switch (scaling.rope_type ?? scaling.type ?? 'default') {
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

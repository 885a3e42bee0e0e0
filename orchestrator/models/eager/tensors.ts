import type { TensorSpec } from '../model.ts';
import { decodedLength, type EagerConfig } from './config.ts';

export const itemsTensor = 'encoder.items.weight';
export const positionsTensor = (stack: string): string => `${stack}.positions.weight`;
/** Rows of a stream's nodes, of its start and of its summary; the head of its decoder too. */
export const nodesTensor = (stream: string): string => `${decoderOf(stream)}.nodes.weight`;
export const decoderOf = (stream: string): string => `decoder.${stream}`;
export const encoderName = 'encoder';

/** Every tensor of an EAGER, drawn as BERT draws its own (Devlin et al. 2019). */
export function tensorSpecs(config: EagerConfig): TensorSpec[] {
  const { hidden_size: width, intermediate_size: inner, streams } = config;
  const deviation = 0.02;
  const table = (name: string, rows: number): TensorSpec => ({
    name,
    shape: [rows, width],
    kind: 'embedding',
    deviation,
  });
  const norm = (name: string): TensorSpec[] => [
    { name: `${name}.weight`, shape: [width], kind: 'norm', deviation: 0 },
    { name: `${name}.bias`, shape: [width], kind: 'bias', deviation: 0 },
  ];
  const linear = (name: string, rows: number, columns: number): TensorSpec[] => [
    {
      name: `${name}.weight`,
      shape: [rows, columns],
      kind: 'projection',
      module: name.slice(name.lastIndexOf('.') + 1),
      deviation,
    },
    { name: `${name}.bias`, shape: [rows], kind: 'bias', deviation: 0 },
  ];
  const attention = (name: string): TensorSpec[] => [
    ...['query', 'key', 'value', 'output'].flatMap((part) => linear(`${name}.${part}`, width, width)),
    ...norm(`${name}.norm`),
  ];
  const forward = (name: string): TensorSpec[] => [
    ...linear(`${name}.up`, inner, width),
    ...linear(`${name}.down`, width, inner),
    ...norm(`${name}.norm`),
  ];
  const layers = (stack: string, count: number, parts: string[]): TensorSpec[] => [
    ...norm(`${stack}.norm`),
    ...Array.from({ length: count }, (_, layer) => `${stack}.layers.${layer}`).flatMap((name) => [
      ...parts.flatMap((part) => attention(`${name}.${part}`)),
      ...forward(`${name}.forward`),
    ]),
  ];
  return [
    table(itemsTensor, config.vocab_size),
    table(positionsTensor(encoderName), config.max_position_embeddings),
    ...layers(encoderName, config.num_encoder_layers, ['self']),
    ...streams.flatMap((stream) => [
      table(nodesTensor(stream.name), stream.nodes + 2),
      table(positionsTensor(decoderOf(stream.name)), decodedLength(stream)),
      ...layers(decoderOf(stream.name), config.num_hidden_layers, ['self', 'cross']),
    ]),
  ];
}

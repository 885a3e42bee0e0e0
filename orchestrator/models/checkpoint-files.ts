import { readdirSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { z } from 'zod';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson } from '../storage/json-file.ts';

export const singleFile = 'model.safetensors';
export const indexFile = 'model.safetensors.index.json';

const shardIndexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });
const remedy = 'Copy or download the model again, all shards and their index.';

/** Which files of a folder hold the weights, and which of them holds a tensor. */
export function weightFiles(folder: string): { files: string[]; fileOf: (tensor: string) => string } {
  if (isThere(join(folder, singleFile))) return { files: [singleFile], fileOf: () => singleFile };
  if (!isThere(join(folder, indexFile))) throw noWeights(folder);
  const place = join(folder, indexFile);
  const map = readShardIndex(folder);
  const files = [...new Set(map.values())].sort();
  const absent = files.filter((file) => !isThere(join(folder, file)));
  if (absent.length > 0)
    throw new UserError(
      'model/missing-shard',
      `names ${files.length} files, ${absent.length} of them missing: ${absent.slice(0, 5).join(', ')}`,
      { place, remedy },
    );
  return {
    files,
    fileOf(tensor) {
      const file = map.get(tensor);
      if (file) return file;
      throw new UserError('model/missing-tensor', `names no file for the tensor "${tensor}"`, {
        place,
        remedy,
      });
    },
  };
}

/** The files of a sharded checkpoint, by tensor; only files inside the folder are accepted. */
export function readShardIndex(folder: string): Map<string, string> {
  const place = join(folder, indexFile);
  const broken = (message: string) => new UserError('model/broken-index', message, { place, remedy });
  const parsed = shardIndexSchema.safeParse(readJson(place, remedy));
  if (!parsed.success) throw broken('has no "weight_map" of tensor names to files');
  const map = new Map(Object.entries(parsed.data.weight_map));
  if (map.size === 0) throw broken('its "weight_map" is empty');
  for (const [tensor, file] of map)
    if (isAbsolute(file) || /^[A-Za-z]:|\\/.test(file) || normalize(file) !== file || file.startsWith('..'))
      throw broken(`sends "${tensor}" to "${file}", which is not a plain path inside the folder`);
  return map;
}

function noWeights(folder: string): UserError {
  const found = isThere(folder) ? readdirSync(folder).sort() : [];
  const pickled = found.find((file) => /\.(bin|pth|pt)$/.test(file));
  if (pickled)
    return new UserError(
      'model/pickle-only',
      `the weights exist only as ${pickled}, which can run code when loaded; expected ${singleFile}`,
      {
        place: folder,
        remedy:
          'Convert them once in Python: AutoModelForCausalLM.from_pretrained(folder).save_pretrained(folder, safe_serialization=True), or get the model from a source that offers safetensors.',
      },
    );
  const shard = found.find((file) => /-\d+-of-\d+\.safetensors$/.test(file));
  if (shard)
    return new UserError('model/no-index', `holds ${shard} and no ${indexFile}, which says what lies where`, {
      place: folder,
      remedy,
    });
  const gguf = found.find((file) => file.endsWith('.gguf'));
  return new UserError(
    'model/no-weights',
    `expected ${singleFile} or ${indexFile}; the folder ${gguf ? `has ${gguf}, whose weights are packed for another engine` : found.length > 0 ? `holds ${found.slice(0, 6).join(', ')}` : 'is empty or absent'}`,
    {
      place: folder,
      remedy: gguf
        ? 'Take the same model in safetensors, or convert a LLaMA with scripts/convert-gguf.ts of the sources (docs/11-export.md).'
        : 'Give the folder of a Hugging Face model with its safetensors files.',
    },
  );
}

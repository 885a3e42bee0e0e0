import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGivenVectors } from '../../orchestrator/embedding/given/given-vectors.ts';
import { hiddenSize } from '../../orchestrator/fusion/ranker.ts';
import { rankerFile, readRanker, saveRanker } from '../../orchestrator/fusion/ranker-file.ts';
import type { Random } from '../../orchestrator/shared/random.ts';
import { writeSafetensors } from '../../orchestrator/storage/safetensors.ts';
import { damageBytes, damageTensors, damageText, oneOf } from './damage.ts';
import type { FuzzKind } from './fuzz-kind.ts';

const ids = ['a', 'é', '0', '__proto__'];
const width = 3;
const features = 2;

/** Item vectors that were made elsewhere, or a learned ranker, with damage in one file. */
export const vectors: FuzzKind = {
  name: 'vectors',
  async run(random, folder) {
    if (random.integer(3) === 0) return readDamagedRanker(random, folder);
    const ending = oneOf(random, ['npy', 'safetensors']);
    const [file, beside] = [join(folder, `vectors.${ending}`), join(folder, 'vectors.ids.txt')];
    const data = Float32Array.from({ length: ids.length * width }, () => random.normal());
    if (ending === 'npy')
      writeFileSync(
        file,
        npy(data, (header) => header),
      );
    else writeSafetensors(file, { embedding: { shape: [ids.length, width], data } });
    writeFileSync(beside, ids.join('\n'));
    if (random.integer(3) === 0) writeFileSync(beside, damageText(random, ids.join('\n')));
    else if (ending === 'safetensors') damageTensors(random, file);
    else if (random.integer(2) === 0)
      writeFileSync(
        file,
        npy(data, (header) => damageText(random, header)),
      );
    else
      writeFileSync(
        file,
        damageBytes(
          random,
          npy(data, (header) => header),
        ),
      );
    await readGivenVectors(file, ids);
  },
};

function readDamagedRanker(random: Random, folder: string): void {
  const some = (length: number) => new Float32Array(length).fill(1);
  saveRanker(folder, {
    mean: some(features),
    deviation: some(features),
    direct: some(features),
    hidden: some(features * hiddenSize),
    bias: some(hiddenSize),
    out: some(hiddenSize),
    level: 1,
  });
  damageTensors(random, join(folder, rankerFile));
  readRanker(folder).of(features);
}

/** As NumPy saves it, format version 2. */
function npy(data: Float32Array, change: (header: string) => string): Buffer {
  const header = Buffer.from(
    change(`{'descr': '<f4', 'fortran_order': False, 'shape': (${ids.length}, ${width}), }\n`),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x02\x00', 'latin1'),
    length,
    header,
    Buffer.from(data.buffer),
  ]);
}

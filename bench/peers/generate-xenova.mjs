// Beams of @xenova/transformers, the peer of bench/decode.ts, as a web page runs them: on its own onnxruntime-web, in
// WebAssembly. They are not kept to codes that exist.
// generate-xenova.mjs SETTINGS.json; prints one JSON object.
import { readFileSync } from 'node:fs';

// In Node the library would take the onnxruntime-node that is installed here, which is far newer than it can use.
Object.defineProperty(process, 'release', { value: { ...process.release, name: 'browser' } });
const { AutoModelForCausalLM, env, Tensor } = await import('@xenova/transformers');

const { onnx, prompts, levels, beams } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
env.allowRemoteModels = false;
env.localModelPath = '/';
env.backends.onnx.wasm.numThreads = 1;
const model = await AutoModelForCausalLM.from_pretrained(onnx, {
  quantized: false,
  model_file_name: 'model',
});
const search = (ids) =>
  model.generate(new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]), {
    max_new_tokens: levels,
    num_beams: beams,
    num_return_sequences: beams,
  });
await search(prompts[0]);
const started = performance.now();
for (const prompt of prompts) await search(prompt);
console.log(JSON.stringify({ users_per_s: (1000 * prompts.length) / (performance.now() - started) }));

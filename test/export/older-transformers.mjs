// Greedy answers of @xenova/transformers as a web page runs it: its own onnxruntime-web of 2023, in WebAssembly.
// older-transformers.mjs FOLDER MAX_TOKENS '[[prompt ids], …]'; prints [[answer ids], …].
// In Node the library would take the onnxruntime-node that is installed here, which is far newer than it can use.
Object.defineProperty(process, 'release', { value: { ...process.release, name: 'browser' } });
const { AutoModelForCausalLM, env, Tensor } = await import('@xenova/transformers');

const [folder, maxTokens, prompts] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = '/';
env.backends.onnx.wasm.numThreads = 1;
const model = await AutoModelForCausalLM.from_pretrained(folder, {
  quantized: false,
  model_file_name: 'model',
});
const answers = [];
for (const ids of JSON.parse(prompts)) {
  const input = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
  const [whole] = await model.generate(input, { max_new_tokens: Number(maxTokens) });
  answers.push(whole.slice(ids.length).map(Number));
}
console.log(JSON.stringify(answers));
